import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { buildSite, builtSite } from '../browser/built-site.ts'
import { copyOfTree } from '../browser/copy-of-tree.ts'
import { temporaryFolder } from '../browser/temporary-folders.ts'

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()

/** Where two files part, with what stands there in each; undefined where they are the same. */
function firstDifference(one: Buffer, other: Buffer): string | undefined {
  if (one.equals(other)) return undefined
  const at = one.findIndex((byte, i) => byte !== other[i])
  const excerpt = (bytes: Buffer) => JSON.stringify(bytes.subarray(Math.max(at - 40, 0), at + 40).toString())
  return `at byte ${at}: ${excerpt(one)} or ${excerpt(other)}`
}

it('builds the same bytes from another folder, in another time zone and language', async () => {
  const { folder } = await builtSite('committed')
  const again = temporaryFolder('again')
  await buildSite(again, { TZ: 'Pacific/Kiritimati', LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' }, copyOfTree('elsewhere'))
  expect(filesOf(again)).toEqual(filesOf(folder))
  const differences = filesOf(folder).flatMap((file) => {
    const difference = firstDifference(readFileSync(join(folder, file)), readFileSync(join(again, file)))
    return difference ? [`${file} ${difference}`] : []
  })
  expect(differences).toEqual([])
})
