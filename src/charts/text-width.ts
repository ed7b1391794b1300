/** Advances of Source Sans 3 (regular), in thousandths of the font size, for the characters from space to tilde. */
const advances = [
  200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497, 497, 497, 497, 497, 497,
  497, 249, 249, 497, 497, 497, 425, 847, 543, 588, 571, 615, 527, 494, 617, 652, 263, 479, 579, 486, 727, 647, 664, 566, 664,
  569, 534, 536, 645, 515, 786, 513, 476, 539, 303, 350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247,
  495, 255, 829, 547, 542, 555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425, 303, 241, 303, 497,
]
const others: Record<string, number> = {
  '\u00a0': 200,
  '–': 480,
  '×': 497,
  '÷': 497,
  '−': 497,
  '±': 497,
  '·': 249,
  '’': 249,
  '…': 948,
}

/** Estimated width in pixels of a line set in Source Sans 3; kana and other full-width characters count as one em. */
export function textWidth(text: string, size: number, weight: 'regular' | 'semibold' = 'regular'): number {
  let sum = 0
  for (const character of text) sum += advances[character.codePointAt(0)! - 32] ?? others[character] ?? 1000
  // Semibold is 3 % wider on digits, 4 % at most on common letters.
  return (sum / 1000) * size * (weight === 'semibold' ? 1.04 : 1)
}

/** Breaks a text at spaces into lines no wider than `width` where words allow. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && textWidth(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
