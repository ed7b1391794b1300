/** Where the report's PDF lies below the site's base, in a build of this Vite mode: `astro build --mode pdf`, of no other, makes one. */
export const pdfName = (mode: string): string | undefined => (mode === 'pdf' ? 'report.pdf' : undefined)
