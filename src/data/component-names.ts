/** Components that chapters use without importing them; `src/pages/[...slug].astro` has them by these names. */
export const componentNames = [
  'Answer',
  'Cite',
  'Compare',
  'Equation',
  'Figure',
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
