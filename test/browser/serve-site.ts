import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.bib': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

export interface ServedSite {
  /** Address of the site's front page, with the sub-path and a slash at its end. */
  url: string
  close: () => Promise<void>
}

/** What is sent compressed; pictures and fonts are compressed already. */
const isText = (type: string) => /^(text|application\/json|image\/svg)/.test(type)

/**
 * Serves a built site as GitHub Pages would: below `base` (such as `/report/`), a folder's `index.html` for its
 * address, a redirect where its slash is missing, 404 for everything else, also outside `base`; texts with gzip,
 * everything to be kept for ten minutes.
 */
export async function serveSite(folder: string, base: string): Promise<ServedSite> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const gzip = /\bgzip\b/.test(String(request.headers['accept-encoding']))
    const send = (status: number, type: string, body: Buffer | string) => {
      const headers = { 'content-type': type, 'cache-control': 'max-age=600' }
      return gzip && isText(type)
        ? response.writeHead(status, { ...headers, 'content-encoding': 'gzip' }).end(gzipSync(body))
        : response.writeHead(status, headers).end(body)
    }
    const absent = () => send(404, 'text/plain', `nothing at ${path}`)
    if (!path.startsWith(base)) return void absent()
    const file = normalize(path.slice(base.length)) + (path.endsWith('/') ? '/index.html' : '')
    readFile(join(folder, file)).then(
      (body) => send(200, contentTypes[extname(file)] ?? 'application/octet-stream', body),
      (error: NodeJS.ErrnoException) =>
        error.code === 'EISDIR' ? response.writeHead(301, { location: `${path}/` }).end() : absent(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
