/**
 * What the page's Content-Security-Policy (in its meta tag) lets through that it should not, one line each. Runs in the browser. Style
 * attributes are allowed, and WebAssembly for the search.
 */
export function policyProblems(): string[] {
  const metas = [...document.querySelectorAll('meta[http-equiv="content-security-policy" i]')]
  if (metas.length !== 1) return [`${metas.length} Content-Security-Policies instead of one`]
  const directives = new Map(
    (metas[0]!.getAttribute('content') ?? '')
      .split(';')
      .map((directive) => directive.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name, sources]),
  )
  const allowed = /^('self'|'none'|'sha(256|384|512)-[^']+')$/
  const extra: Record<string, string[]> = {
    'script-src': ["'wasm-unsafe-eval'"],
    'style-src-attr': ["'unsafe-inline'"],
    'img-src': ['data:'],
  }
  const problems = ['default-src', 'object-src', 'base-uri', 'form-action', 'script-src']
    .filter((name) => !directives.has(name))
    .map((name) => `the Content-Security-Policy has no ${name}`)
  for (const [name, sources] of directives)
    for (const source of sources)
      if (!allowed.test(source) && !extra[name]?.includes(source))
        problems.push(`the Content-Security-Policy allows ${name} ${source}`)
  if (document.cookie) problems.push(`the page sets a cookie: ${document.cookie}`)
  return problems
}
