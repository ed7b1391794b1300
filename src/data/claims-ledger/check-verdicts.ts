import type { OutlinedChapter } from '../chapters/outline.ts'
import { verdictWords } from './ledger.ts'
import type { JudgedClaim } from './claim.ts'

/**
 * Verdicts that chapters assert (`<Verdict claim="3" is="refuted">`, several separated by spaces) and the data don't bear out, and names
 * that there are not, each as "file:line: what is wrong, and what to do". What waits for runs that are missing is no problem: such a
 * sentence is not shown.
 * @param ledger the claims with the verdicts of this build's data
 * @param enforced whether the records are the report's own: made-up and smoke results say nothing of its prose
 */
export function verdictProblems(
  chapters: readonly OutlinedChapter[],
  ledger: readonly JudgedClaim[],
  enforced: boolean,
): string[] {
  const words = Object.keys(verdictWords)
  return chapters.flatMap(({ file, parts }) =>
    parts.components.flatMap(({ name, attributes, line }) => {
      if (name !== 'Verdict') return []
      const { claim, is } = attributes
      const place = `${file}:${line}: <Verdict claim="${claim ?? ''}"${is ? ` is="${is}"` : ''}>`
      const judged = ledger.find((one) => one.claim.number === Number(claim))
      if (!judged) return [`${place}: there is no such claim; there are: ${ledger.map((one) => one.claim.number).join(', ')}`]
      const { verdict } = judged
      const asserted = is?.split(/\s+/) ?? []
      const unknown = asserted.find((word) => !words.includes(word))
      if (unknown !== undefined) return [`${place}: "${unknown}" is no verdict; there are: ${words.join(', ')}`]
      if (!enforced || asserted.length === 0 || asserted.includes(verdict) || waits(judged)) return []
      return [`${place}: the data of this build say "${verdict}": rewrite the sentence, or say which verdicts it allows`]
    }),
  )
}

/** Whether a claim is undecided for want of runs. */
const waits = ({ claim, verdict, published, corrected }: JudgedClaim): boolean =>
  verdict === 'undecided' && (corrected.missing.length > 0 || (claim.ofItsProtocol === true && published.missing.length > 0))
