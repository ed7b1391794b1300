/** Components that chapters use without importing them; `src/components/ChapterText.astro` has them by these names. */
export const componentNames = [
  'Analysed',
  'Answer',
  'Cite',
  'Compare',
  'Equation',
  'Figure',
  'Given',
  'Hardest',
  'If',
  'Mistake',
  'Note',
  'Num',
  'Published',
  'Questions',
  'Range',
  'Ref',
  'References',
  'Structure',
  'Table',
] as const
export type ComponentName = (typeof componentNames)[number]
