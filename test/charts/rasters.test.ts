import { convertIndexedToRgb, decode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { filterGrid } from '../../src/charts/filter-grid.ts'
import { palette } from '../../src/charts/palette.ts'
import { pictureSheet } from '../../src/charts/picture-sheet.ts'
import { parseHex } from '../../src/charts/rgba.ts'
import { signedColour } from '../../src/charts/signed-colour.ts'

function pixelsOf(png: Uint8Array) {
  const picture = decode(png)
  const { width, height, palette } = picture
  const data = palette ? convertIndexedToRgb(picture) : picture.data
  const parts = data.length / (width * height)
  const at = (x: number, y: number) => {
    const [red, green, blue, alpha = 255] = data.slice((y * width + x) * parts, (y * width + x + 1) * parts)
    return [red!, green!, blue!, alpha]
  }
  return { width, height, colours: palette ? palette.length : null, at }
}

describe('a grid of filters', () => {
  const kernels = [
    [1, 0, 0, 0, -1, 0, 0, 0, 0.5],
    [0, 0, 0, 0, 0, 0, 0, 0, 0],
    [9, 9, 9, 9, 9, 9, 9, 9, 9],
  ].map((k) => Float32Array.from(k))
  const grid = filterGrid(kernels, { pictureWidth: 3, columns: 2, limit: 1 })
  const picture = pixelsOf(grid.png)
  const [positive, negative] = [parseHex(palette['--positive'].light), parseHex(palette['--negative'].light)]

  test('has one pixel a weight and gutters of one pixel', () => {
    expect([picture.width, picture.height]).toEqual([7, 7])
    expect([grid.width, grid.height]).toEqual([7, 7])
    expect(grid.at(2)).toEqual({ x: 0, y: 4 })
    for (let i = 0; i < 7; i++) {
      expect(picture.at(3, i)[3]).toBe(0)
      expect(picture.at(i, 3)[3]).toBe(0)
    }
  })

  test('colours signs, zero and the limit', () => {
    expect(picture.at(0, 0)).toEqual([...positive.slice(0, 3), 255])
    expect(picture.at(1, 1)).toEqual([...negative.slice(0, 3), 255])
    expect(picture.at(1, 0)).toEqual([128, 128, 128, 38])
    // Beyond the limit the colour stays.
    expect(picture.at(0, 4)).toEqual(picture.at(0, 0))
  })

  test('is the same bytes each time', () => {
    expect(filterGrid(kernels, { pictureWidth: 3, columns: 2, limit: 1 }).png).toEqual(grid.png)
  })

  test('is refused for pictures of unequal size', () => {
    expect(() => filterGrid([kernels[0]!, new Float32Array(4)], { pictureWidth: 3, columns: 2, limit: 1 })).toThrow(
      'picture 1 has 4 values; 3 × 3 were expected',
    )
  })
})

test('signed colours grow more opaque with size, alike on both sides of zero', () => {
  const alphas = [0, 0.25, 0.5, 0.75, 1].map((v) => signedColour(v, 1)[3])
  expect([...alphas].sort((a, b) => a - b)).toEqual(alphas)
  expect(new Set(alphas).size).toBe(5)
  expect(signedColour(-0.5, 1)[3]).toBe(signedColour(0.5, 1)[3])
})

test('a picture of more colours than a palette holds keeps every one of them', () => {
  const values = Float32Array.from({ length: 400 }, (_, i) => (i - 200) / 200)
  const picture = pixelsOf(filterGrid([values], { pictureWidth: 20, columns: 1, limit: 1 }).png)
  expect(picture.colours).toBeNull()
  values.forEach((value, i) => {
    const [red, green, blue, alpha] = signedColour(value, 1)
    expect(picture.at(i % 20, Math.floor(i / 20))).toEqual([red, green, blue, alpha * 255].map(Math.round))
  })
})

describe('a sheet of pictures', () => {
  const levels = Uint8Array.from({ length: 784 }, (_, i) => (i === 0 ? 255 : i === 1 ? 128 : 0))

  test('is ink on paper of its own, gutters transparent', () => {
    const sheet = pictureSheet([levels, levels, levels], { columns: 3 })
    const picture = pixelsOf(sheet.png)
    expect([picture.width, picture.height]).toEqual([28 * 3 + 4, 28])
    expect(picture.at(0, 0)).toEqual([...parseHex(palette['--ink'].light).slice(0, 3), 255])
    expect(picture.at(2, 0)).toEqual([0xf0, 0xe9, 0xdc, 255])
    expect(picture.at(28, 0)[3]).toBe(0)
    expect(picture.colours).toBe(4)
    expect(picture.at(30, 0)).toEqual(picture.at(0, 0))
  })
})

describe('a sheet of characters', () => {
  const blank = () => new Uint8Array(25)
  const paper = '#f0e9dc'

  test('frames a square of a picture a pixel outside it, cut where the picture ends', () => {
    const sheet = pixelsOf(
      pictureSheet([blank(), blank()], { columns: 2, pictureWidth: 5, marked: [{ x: 2, y: 0, size: 2 }] }).png,
    )
    const framed = Array.from({ length: 25 }, (_, i) => i).filter(
      (i) => String(sheet.at(i % 5, Math.floor(i / 5)).slice(0, 3)) === String(parseHex(palette['--accent'].light).slice(0, 3)),
    )
    expect(framed).toEqual([1, 4, 6, 9, 11, 12, 13, 14])
    expect(sheet.at(8, 1).slice(0, 3)).toEqual(parseHex(paper).slice(0, 3))
  })

  test('sets groups of columns apart by two gutters more', () => {
    const sheet = pictureSheet([blank(), blank(), blank(), blank()], { columns: 4, pictureWidth: 5, gutter: 2, group: 2 })
    expect([0, 1, 2, 3].map((place) => sheet.at(place).x)).toEqual([0, 7, 18, 25])
    expect(sheet.width).toBe(30)
  })
})
