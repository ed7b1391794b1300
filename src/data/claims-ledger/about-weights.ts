import { describeLayers, parameterCount } from '../../../experiments/models/layers.ts'
import { experimentData, type SiteData } from '../site-data.ts'
import { structureTest, type StructureTest, type WeightLayer } from '../weight-structure.ts'
import type { Claim, Effect } from './claim.ts'
import { writeInterval } from '../write-number.ts'
import { close, contrast, contrastEffect, every, fewest, runsOrNone, withoutRuns } from './contrast.ts'

const variants = ['cnn', 'cnn-augmented', 'cnn-no-pooling']

/** A layer's structure over what untrained networks have on average, and how far those lie from their average. */
const structure = (label: string, kind: Effect['kind'], { trained, untrained }: StructureTest): Effect => ({
  label: `${label}, above untrained`,
  value: trained - untrained.mean,
  kind,
  interval: null,
  note: `untrained ${writeInterval({ low: untrained.low - untrained.mean, high: untrained.high - untrained.mean }, kind)}`,
})

const noPattern: Claim = {
  number: 9,
  short: 'The filters show no pattern',
  claim: () => 'The filters show no interpretable pattern, in either layer, in any variant of the CNN.',
  reading:
    'Pattern is measured as the share of a kernel’s energy in four smooth patterns (even grey, two edges, blur). Fails where the first layer of every variant has more of it than all of twenty untrained networks. Holds where neither layer of any variant has. That a kernel is smooth does not say what it is for: see the chapters.',
  evidence: ['filters', 'first-structure', 'second-structure'],
  judge: (data) => {
    const tests = variants.flatMap((name) =>
      (['first', 'second'] as const).flatMap((layer) => {
        const test = structureTest(data, name, layer)
        return test ? [{ name, layer, test }] : []
      }),
    )
    const firsts = tests.filter(({ layer }) => layer === 'first')
    const all = firsts.length === variants.length
    const excluded = tests.some(({ test }) => test.structured)
    const holds = all && firsts.every(({ test }) => test.structured) ? false : all && !excluded ? true : null
    return {
      holds,
      excluded,
      effects: tests.map(({ name, layer, test }) =>
        structure(`${experimentData(data, name).experiment.title}, ${layer} layer`, 'points', test),
      ),
      missing: withoutRuns(data, ...variants),
      seeds: all ? 1 : 0,
    }
  },
}

const notPictured: Claim = {
  number: 10,
  short: 'FCNN weights have no picture',
  claim: () => 'The weights of a fully connected network have no direct picture, as filters have, and are harder to interpret.',
  reading:
    'They can be drawn, a 28 × 28 picture a unit; the question is whether there is something to see. Fails where neighbouring weights resemble each other (Moran’s I) more than in all of twenty untrained networks, and more than in a network trained on images whose pixels were permuted, where neighbours mean nothing. Holds where they do not.',
  evidence: ['dense-pictures', 'dense-weights'],
  judge: (data) => {
    const layer = 'dense' satisfies WeightLayer
    const test = structureTest(data, 'fcnn', layer)
    const control = runsOrNone(data, 'fcnn-permuted').length ? structureTest(data, 'fcnn-permuted', layer) : null
    const holds = test && (!test.structured || (control && test.trained <= control.trained))
    return {
      holds,
      effects: test ? [structure('Mean Moran’s I of the first layer', 'score', test)] : [],
      missing: [...withoutRuns(data, 'fcnn'), ...withoutRuns(data, 'fcnn-permuted').map(() => 'FCNN trained on permuted pixels')],
      seeds: test ? 1 : 0,
    }
  },
}

const fewerParameters: Claim = {
  number: 11,
  short: 'Convolution saves many parameters',
  claim: () => 'Convolution significantly reduces the number of parameters compared with a fully connected network.',
  reading:
    'Counted, of the two networks compared. Holds where the CNN has at most half the FCNN’s parameters. Of a single layer the sentence is true: a dense layer between the same numbers of values would have thousands of times as many. Of this CNN it is not, because the dense layer behind its convolutions holds nearly all parameters.',
  evidence: ['parameters', 'networks'],
  judge: (data) => {
    const layers = (name: string) => experimentData(data, name).experiment.layers
    const [cnn, fcnn] = [parameterCount(layers('cnn')), parameterCount(layers('fcnn'))]
    const dense = describeLayers(layers('cnn')).find(({ layer }) => layer.kind === 'dense')?.parameters ?? 0
    return {
      holds: cnn <= fcnn / 2,
      effects: [
        { label: 'The CNN’s parameters as a share of the FCNN’s', value: cnn / fcnn, kind: 'percent', interval: null },
        { label: 'In the CNN’s first dense layer', value: dense / cnn, kind: 'percent', interval: null },
      ],
      missing: [],
      seeds: null,
    }
  },
}

/** An experiment's change of test accuracy by a fixed permutation of the pixels. */
const permuted = (data: SiteData, name: string) => contrast(data, `${name}-permuted`, name)

const flatteningLoses: Claim = {
  number: 14,
  short: 'Flattening loses the image’s shape',
  claim: () => 'Flattening an image, as a fully connected network does, loses its shape.',
  reading:
    'That an FCNN is not told which pixels are neighbours follows from its layers; what is tested is whether that costs anything, by one fixed permutation of the pixels. Holds where the FCNN does not notice it (no clear difference, within a point of test accuracy) and the CNN is clearly worse for it. Fails where the FCNN clearly notices it, or the CNN is clearly better or lies within a point.',
  evidence: ['dense-weights', 'networks'],
  judge: (data) => {
    const [cnn, fcnn] = [permuted(data, 'cnn'), permuted(data, 'fcnn')]
    const unnoticed = fcnn && (fcnn.clear !== 0 ? false : close(fcnn) ? true : null)
    const noticed = cnn && (cnn.clear < 0 ? true : cnn.clear > 0 || close(cnn) ? false : null)
    return {
      holds: every([unnoticed, noticed]),
      effects: [
        ...contrastEffect('CNN, permuted minus as they are', cnn),
        ...contrastEffect('FCNN, permuted minus as they are', fcnn),
      ],
      missing: ['cnn', 'fcnn'].flatMap((name) => [
        ...withoutRuns(data, name),
        ...(runsOrNone(data, `${name}-permuted`).length ? [] : [`${name.toUpperCase()} trained on permuted pixels`]),
      ]),
      seeds: fewest(cnn, fcnn),
    }
  },
}

export const weightClaims: readonly Claim[] = [noPattern, notPictured, fewerParameters, flatteningLoses]
