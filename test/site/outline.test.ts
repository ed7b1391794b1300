import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { chapterParts } from '../../src/data/chapters/chapter-parts.ts'
import { attributesOf, chapterProblems, type KnownNames } from '../../src/data/chapters/check-chapters.ts'
import { componentNames } from '../../src/data/chapters/component-names.ts'
import { outlineOf, type ChapterSource } from '../../src/data/chapters/outline.ts'

const chapter = (slug: string, order: number, body: string): ChapterSource => ({
  file: `content/chapters/${slug || 'index'}.mdx`,
  slug,
  title: slug || 'Front',
  order,
  part: 'report',
  body,
  firstLine: 6,
})

const known: KnownNames = {
  citations: new Set(['semcovici2024']),
  experiments: new Set(['cnn', 'fcnn']),
  protocols: new Set(['published']),
  measures: new Set(['macroF1']),
  analysed: new Set(['shiftCost2']),
  publishedMeasures: new Set(['macroF1']),
  speedFacts: new Set(['times-keras']),
  weightLayers: new Set(['first']),
  kernelMeasures: new Set(['edges']),
  claims: new Set(['cnn-beats-fcnn']),
  figures: new Set(['finding']),
  tables: new Set(['macro-f1']),
  terms: new Set(['macro F1']),
  components: new Set([
    'Answer',
    'Figure',
    'Ref',
    'Cite',
    'Num',
    'Published',
    'If',
    'Table',
    'Equation',
    'Compare',
    'Given',
    'Hardest',
    'Analysed',
    'Structure',
    'Speed',
  ]),
}
const problems = (body: string) => chapterProblems(outlineOf([chapter('one', 1, body)]), known)

test('numbers figures, tables and equations through the report in the order of its chapters', () => {
  const { targets, chapters } = outlineOf([
    chapter('second', 2, '<Figure id="c" of="finding" />\n\n<Equation id="e">\n\n$$x$$\n\n</Equation>'),
    chapter('', 0, '<Figure id="a" of="finding">\n  Text <Ref to="c" />\n</Figure>\n\n<Table id="t" of="macro-f1" />'),
    chapter('first', 1, '<Figure id="b" of="finding" />\n\n## A heading'),
  ])
  expect(chapters.map(({ slug, number }) => [slug, number])).toEqual([
    ['', 0],
    ['first', 1],
    ['second', 2],
  ])
  expect(['a', 'b', 'c', 't', 'e'].map((id) => targets.get(id)!.number)).toEqual([1, 2, 3, 1, 1])
  expect(targets.get('first#a-heading')).toMatchObject({ kind: 'Section', slug: 'first', anchor: 'a-heading' })
})

test('letters appendices, and counts them apart', () => {
  const { targets, chapters } = outlineOf([
    { ...chapter('last', 1, 'Text.'), part: 'appendix' },
    { ...chapter('end', 2, 'Text.'), part: 'appendix' },
    { ...chapter('proof', 9, 'Text.'), part: 'evidence' },
    chapter('', 0, 'Text.'),
    chapter('first', 1, 'Text.'),
  ])
  expect(chapters.map(({ slug, label }) => [slug, label])).toEqual([
    ['', ''],
    ['first', '1'],
    ['proof', '2'],
    ['last', 'A'],
    ['end', 'B'],
  ])
  expect(targets.get('end')).toMatchObject({ kind: 'Appendix', label: 'B' })
})

test('refuses an id that is missing or taken, naming file and line', () => {
  expect(() => outlineOf([chapter('one', 1, '\n\n<Figure of="finding" />')])).toThrow(
    'content/chapters/one.mdx:8: <Figure> needs an id',
  )
  expect(() => outlineOf([chapter('one', 1, '<Figure id="one" of="finding" />')])).toThrow('one.mdx:6: the id "one" is taken')
})

test('finds nothing wrong with a chapter whose names all resolve', () => {
  expect(
    problems(
      '<Answer>\n\nYes: <Num of="macroF1" experiment="cnn" />, <Cite of="semcovici2024" />.\n\n</Answer>\n\n<Figure id="f" of="finding" />\n\nSee <Ref to="f" />, [below](#f) and [Keras](https://keras.io/), at <Given>95 %</Given>. $a_{i}$',
    ),
  ).toEqual([])
})

test.each([
  ['<Ref to="nowhere" />', /one\.mdx:8: <Ref to="nowhere">: there is no such figure, table/],
  [
    '<Cite of="nobody2020" />',
    /one\.mdx:8: <Cite of="nobody2020">: content\/references\.bib has no such key; it has: semcovici2024/,
  ],
  ['<Num of="beauty" experiment="cnn" />', /<Num of="beauty">: there is no such measure; there are: macroF1/],
  ['<Num of="macroF1" experiment="rnn" />', /<Num experiment="rnn">: there is no such experiment; there are: cnn, fcnn/],
  ['<Num of="macroF1" />', /<Num> needs experiment/],
  ['<If claim="all-is-well">x</If>', /<If claim="all-is-well">: there is no such claim/],
  ['<Figure id="f" of="sunset" />', /<Figure of="sunset">: there is no such figure/],
  ['<Chart />', /there is no component <Chart>/],
  ['[the data](/data/)', /one\.mdx:8: the link to "\/data\/" breaks below a sub-path/],
  ['<a href="data/">the data</a>', /one\.mdx:8: the link to "data\/" breaks below a sub-path/],
  ['[below](#nowhere)', /one\.mdx:8: the link to "#nowhere": this chapter has no such place/],
  ['<Hardest experiment="rnn" />', /one\.mdx:8: <Hardest experiment="rnn">: there is no such experiment/],
  ['<Figure id="f" of="finding" experiment="rnn" />', /one\.mdx:8: <Figure experiment="rnn">: there is no such experiment/],
  ['<Num of="macroF1" experiment="cnn" protocol="publishd" />', /<Num protocol="publishd">: there is no such protocol/],
  ['<Analysed of="shiftCost2" experiment="rnn" />', /<Analysed experiment="rnn">: there is no such experiment/],
  ['<Structure experiment="cnn" layer="third" />', /<Structure layer="third">: there is no such layer; there are: first/],
  ['<Structure experiment="cnn" layer="first" part="corners" />', /<Structure part="corners">: there is no such part/],
  [
    '<Structure experiment="cnn" layer="first" protocol="publishd" />',
    /<Structure protocol="publishd">: there is no such protocol/,
  ],
  ['<Speed of="light" />', /<Speed of="light">: there is no such fact of the benchmarks/],
  ['<Table id="t" of="macro-f1" experiment="rnn" />', /<Table experiment="rnn">: there is no such experiment/],
  ['![](a.png)', /one\.mdx:8: a picture needs alternative text/],
  ['![Words](/a.png)', /one\.mdx:8: the link to "\/a\.png" breaks below a sub-path/],
  ['<img src="/a.png" alt="Words" />', /one\.mdx:8: the link to "\/a\.png" breaks below a sub-path/],
  ['[data][d]\n\n[d]: /data/', /one\.mdx:10: the link to "\/data\/" breaks below a sub-path/],
  ['<img src="a.png" />', /one\.mdx:8: <img> needs alt/],
  ['It reads 97.1 % of them.', /one\.mdx:8: "97\.1 %" is typed by hand: .*<Given>97\.1 %<\/Given>/],
])('names file, line and what there is for %s', (text, message) => {
  const [problem, ...others] = problems(`<Answer>x</Answer>\n\n${text}`)
  expect(problem).toMatch(message)
  expect(others).toEqual([])
})

test('asks for the answer first, except on the front page', () => {
  expect(problems('Some text.')).toEqual([
    'content/chapters/one.mdx: a chapter opens with its answer: begin with <Answer>…</Answer>',
  ])
  expect(chapterProblems(outlineOf([chapter('', 0, 'Some text.')]), known)).toEqual([])
})

test('refuses attributes and values that a component does not have, which would be left out without a word', () => {
  const said = problems(
    '<Answer>\n\nText\n\n</Answer>\n\n<Num of="macroF1" experiment="cnn" protcol="published" />\n\n' +
      '<If claim="cnn-beats-fcnn" is="maybe">So.</If>\n\n<Figure id="a" of="finding" protocol="published" />\n\n' +
      '<Compare a="cnn" b="fcnn" protocol="other">it</Compare>',
  )
  expect(said).toEqual([
    'content/chapters/one.mdx:12: <Num> has no attribute protcol; it has: experiment, interval, of, protocol, unit',
    'content/chapters/one.mdx:14: <If is="maybe">: it can be: no, unknown, yes',
    'content/chapters/one.mdx:16: <Figure> has no attribute protocol; it has: experiment, id, of',
    'content/chapters/one.mdx:18: <Compare protocol="other">: there is no such protocol; there are: published',
  ])
})

test.each(componentNames)('knows the attributes of <%s>', (name) => {
  const source = readFileSync(`src/components/${name}.astro`, 'utf8')
  const props = /interface Props \{\n(.*?)\n\}/s.exec(source)?.[1] ?? ''
  const attributes = [...props.matchAll(/^ {2}(\w+)\??:/gm)].map((match) => match[1]!)
  // Where it stands in its chapter is told by src/markdown/component-places.ts.
  expect(attributesOf(name).sort()).toEqual(attributes.filter((attribute) => attribute !== 'place').sort())
})

test('reads attributes, lines and headings of a chapter', () => {
  const { components, headings } = chapterParts('## One $x$ *two*\n\nText <Num of="macroF1" experiment={name} /> end.', 4)
  expect(components).toEqual([{ name: 'Num', attributes: { of: 'macroF1', experiment: null }, line: 6, conditional: false }])
  expect(headings).toEqual([{ id: 'one-x-two', text: 'One x two', depth: 2 }])
})
