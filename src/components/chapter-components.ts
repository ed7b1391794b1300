import type { componentNames } from '../data/component-names.ts'
import Answer from './Answer.astro'
import Cite from './Cite.astro'
import Compare from './Compare.astro'
import Equation from './Equation.astro'
import Figure from './Figure.astro'
import Hardest from './Hardest.astro'
import If from './If.astro'
import Mistake from './Mistake.astro'
import Note from './Note.astro'
import Num from './Num.astro'
import Published from './Published.astro'
import Questions from './Questions.astro'
import Range from './Range.astro'
import Ref from './Ref.astro'
import References from './References.astro'
import Structure from './Structure.astro'
import Table from './Table.astro'

/** What chapters can use without importing it. */
export const chapterComponents = {
  Answer,
  Cite,
  Compare,
  Equation,
  Figure,
  Hardest,
  If,
  Mistake,
  Note,
  Num,
  Published,
  Questions,
  Range,
  Ref,
  References,
  Structure,
  Table,
} satisfies Record<(typeof componentNames)[number], unknown>
