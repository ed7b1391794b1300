import { describe, expect, it } from 'vitest'
import { chapterParts } from '../../src/data/chapters/chapter-parts.ts'

const found = (body: string) => chapterParts(body, 5).typedNumbers.map(({ text, line }) => `${line}: ${text}`)

describe('decimals and percentages typed in prose', () => {
  it.each([
    ['It scores 0.93.', ['5: 0.93']],
    ['It scores .887, then 93.1 or 1,024.5.', ['5: .887', '5: 93.1', '5: 1,024.5']],
    ['First line,\nthen 95 % and 4% and 12 per cent.', ['6: 95 %', '6: 4%', '6: 12 per cent']],
    ['About 1e-7 or 2.5e3.', ['5: 1e-7', '5: 2.5e3']],
    ['## A heading of 0.5', ['5: 0.5']],
    ['<Figure id="f" of="finding">\n  A caption with **0.97** in it.\n</Figure>', ['6: 0.97']],
    ['| a | b |\n| - | - |\n| x | 0.97 |', ['7: 0.97']],
    ["An expression: {'0.97'}.", ['5: 0.97']],
    ["{\n  '93 %'\n}", ['6: 93 %']],
    ["export const ours = '95.4 %'\n\n{ours}", ['5: 95.4 %']],
    ['![Reads 95.4 %](a.png)', ['5: 95.4 %']],
    ['In all\n93\n% of them, and 12\nper cent.', ['6: 93 %', '7: 12 per cent']],
    ['Reads **93** %, *0*.97, {93}\u00a0% and [12](a.md)%.', ['5: 93 %', '5: 0.97', '5: 93 %', '5: 12%']],
    ['> | a |\n> | - |\n> | 93 |\n\n% of them, 4 %', ['9: 4 %']],
  ])('are found in %j', (body, expected) => {
    expect(found(body)).toEqual(expected)
  })

  it.each([
    ['whole numbers and years', 'In 2024, 60,000 images of 28 × 28 in 10 classes, 3–4 of them; 4/9.'],
    ['code', 'Run `--rate 0.1` or\n\n```sh\ntrain --rate 0.1 # 95 %\n```'],
    ['mathematics', 'With $\\rho = 0.95$ and\n\n$$\n\\varepsilon = 10^{-7}, p = 0.5\n$$'],
    ['attributes', '<Figure id="f" of="finding" scale="0.5" />'],
    ['what is marked as given', 'A rate of <Given>0.001</Given>, at <Given>*95 %*</Given>.'],
    ['names with versions inside a word', 'The package x1.5 and file v2.json.'],
  ])('are not seen in %s', (_, body) => {
    expect(found(body)).toEqual([])
  })
})
