import type { OutlinedChapter } from '../outline.ts'
import { verdictWords } from './ledger.ts'
import type { ClaimVerdict } from './claim.ts'

/**
 * Verdicts that chapters assert (`<Verdict claim="3" is="refuted">`, several separated by spaces) and the data don't bear out, and names
 * that there are not, each as "file:line: what is wrong, and what to do".
 * @param verdicts by the claim's number
 * @param enforced whether the records are the report's own: made-up and smoke results say nothing of its prose
 */
export function verdictProblems(
  chapters: readonly OutlinedChapter[],
  verdicts: ReadonlyMap<number, ClaimVerdict>,
  enforced: boolean,
): string[] {
  const words = Object.keys(verdictWords)
  return chapters.flatMap(({ file, parts }) =>
    parts.components.flatMap(({ name, attributes, line }) => {
      if (name !== 'Verdict') return []
      const { claim, is } = attributes
      const place = `${file}:${line}: <Verdict claim="${claim ?? ''}"${is ? ` is="${is}"` : ''}>`
      const verdict = verdicts.get(Number(claim))
      if (!verdict) return [`${place}: there is no such claim; there are: ${[...verdicts.keys()].join(', ')}`]
      const asserted = is?.split(/\s+/) ?? []
      const unknown = asserted.find((word) => !words.includes(word))
      if (unknown !== undefined) return [`${place}: "${unknown}" is no verdict; there are: ${words.join(', ')}`]
      if (!enforced || asserted.length === 0 || asserted.includes(verdict)) return []
      return [`${place}: the data of this build say "${verdict}": rewrite the sentence, or say which verdicts it allows`]
    }),
  )
}
