import { describe, expect, it } from 'vitest'
import { drawnCharacter } from '../../experiments/dataset/drawn-character.ts'

const drawings = Array.from({ length: 10 }, (_, label) => drawnCharacter(label))

describe('drawnCharacter', () => {
  it('draws ten different characters, white on black', () => {
    expect(new Set(drawings.map((drawing) => drawing.join())).size).toBe(10)
    for (const drawing of drawings) {
      expect(drawing).toHaveLength(784)
      expect(Math.max(...drawing)).toBeGreaterThan(240)
      const mean = drawing.reduce((a, b) => a + b) / 784
      expect(mean).toBeGreaterThan(20)
      expect(mean).toBeLessThan(80)
    }
  })

  it('keeps the ink off the edge and about the middle', () => {
    for (const drawing of drawings) {
      let [ink, row, column] = [0, 0, 0]
      for (const [i, grey] of drawing.entries()) {
        const [r, c] = [Math.floor(i / 28), i % 28]
        if (r === 0 || r === 27 || c === 0 || c === 27) expect(grey).toBe(0)
        ink += grey
        row += grey * r
        column += grey * c
      }
      expect(Math.abs(row / ink - 13.5)).toBeLessThan(3)
      expect(Math.abs(column / ink - 13.5)).toBeLessThan(3)
    }
  })

  it('gives a copy of its own each time', () => {
    drawnCharacter(0).fill(7)
    expect(drawnCharacter(0)).toEqual(drawings[0])
  })

  it('refuses a class that there is not', () => {
    expect(() => drawnCharacter(10)).toThrow('expected a class from 0 to 9, found 10')
  })
})
