/** The report's PDF below the site's base, where this build makes one (`SITE_PDF=1`, `npm run pdf`). */
export const pdfName: string | undefined = process.env.SITE_PDF ? 'report.pdf' : undefined
