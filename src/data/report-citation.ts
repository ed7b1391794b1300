import { join } from 'node:path'
import { readChanges, readCitation } from './citation.ts'
import { siteSettings } from './site-settings.ts'

/** How this report is cited, and what has changed in it. */
export const reportCitation = () => readCitation(join(siteSettings().root, 'CITATION.cff'))
export const reportChanges = () => readChanges(join(siteSettings().root, 'content', 'changes.yaml'))
