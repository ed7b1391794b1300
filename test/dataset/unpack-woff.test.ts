import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { unpackWoff } from '../../experiments/dataset/unpack-woff.ts'

const path = createRequire(import.meta.url).resolve('@fontsource/noto-serif-jp/files/noto-serif-jp-119-600-normal.woff')

/** OpenType's checksum: the sum of the big-endian 32-bit words. */
function checksum(bytes: Buffer): number {
  let sum = 0
  for (let i = 0; i + 4 <= bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0
  return sum
}

describe('unpackWoff', () => {
  const font = unpackWoff(readFileSync(path))

  it('gives a font whose tables have the checksums of their directory', () => {
    const tableCount = font.readUInt16BE(4)
    expect(tableCount).toBeGreaterThan(8)
    for (let table = 0; table < tableCount; table++) {
      const at = 12 + 16 * table
      const content = Buffer.from(
        font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12)),
      )
      const padded = Buffer.concat([content, Buffer.alloc(-content.length & 3)])
      // The head table is summed with its own adjustment of the whole font's checksum left out.
      if (font.toString('latin1', at, at + 4) === 'head') padded.writeUInt32BE(0, 8)
      expect(checksum(padded)).toBe(font.readUInt32BE(at + 4))
    }
  })

  it('refuses what is no such font', () => {
    expect(() => unpackWoff(Buffer.from('wOF2 and so on'))).toThrow('expected a font that begins with “wOFF”, found “wOF2”')
  })
})
