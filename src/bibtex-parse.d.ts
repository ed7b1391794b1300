/** The part in use of a package without types: `entries` gives `key`, `type` and every field with its name in capitals. */
declare module 'bibtex-parse' {
  const bibtex: { entries(text: string): ({ key: string; type: string } & Record<string, string | undefined>)[] }
  export default bibtex
}
