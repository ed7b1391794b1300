import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { parseIdx, unpack } from '../../experiments/dataset/idx.ts'
import { idxImages, idxLabels } from './idx-file.ts'

const grey = Uint8Array.from({ length: 2 * 784 }, (_, i) => i % 251)

describe('parseIdx', () => {
  it('gives the grey levels of images and the labels without their headers', () => {
    expect(parseIdx(idxImages(grey), 'images', 'some')).toEqual(grey)
    expect(parseIdx(idxLabels([3, 0, 9]), 'labels', 'some')).toEqual(Uint8Array.of(3, 0, 9))
  })

  it('reads a buffer that lies inside a larger one', () => {
    const file = idxLabels([7, 8])
    const larger = new Uint8Array(file.length + 10)
    larger.set(file, 5)
    expect(parseIdx(larger.subarray(5, 5 + file.length), 'labels', 'some')).toEqual(Uint8Array.of(7, 8))
  })

  it.each([
    ['a file cut off', idxImages(grey).subarray(0, 1000), 'expected 1584 bytes for 2 images, found 1000: it is cut off'],
    ['a file that goes on', new Uint8Array(1600).fill(0).map((_, i) => idxImages(grey)[i] ?? 0), 'found 1600: it is too long'],
    ['a file shorter than its header', idxImages(grey).subarray(0, 9), 'expected a header of 16 bytes, found 9'],
    ['an empty file', new Uint8Array(0), 'expected a header of 16 bytes, found 0'],
    ['labels in place of images', idxLabels(new Array(20).fill(1)), 'found one of labels (0x00000801)'],
    ['a picture', Uint8Array.from({ length: 99 }, (_, i) => (i === 0 ? 0x89 : 0x50)), 'found 0x89505050'],
    ['a web page', Buffer.from('<!DOCTYPE html>\n<title>Log in</title>'), 'found a web page (“<!DOCTYPE html>”)'],
    ['pictures of another size', idxImages(new Uint8Array(1024), 32), 'expected images of 28 × 28, found 32 × 32'],
  ])('refuses %s by name', (_, bytes, message) => {
    const parse = () => parseIdx(bytes, 'images', 'folder/train-images')
    expect(parse).toThrow('folder/train-images: expected')
    expect(parse).toThrow(message)
  })

  it('refuses labels beyond the ten classes', () => {
    expect(() => parseIdx(idxLabels([0, 10]), 'labels', 'some')).toThrow('expected labels from 0 to 9, found 10 at index 1')
  })
})

describe('unpack', () => {
  it('gives what a gzip file holds, and any other file as it is', () => {
    expect(Uint8Array.from(unpack(gzipSync(grey), 'some'))).toEqual(grey)
    expect(unpack(grey, 'some')).toBe(grey)
  })

  it('refuses a gzip file that is cut off or damaged, by name', () => {
    const packed = gzipSync(grey)
    const damaged = Uint8Array.from(packed)
    damaged[damaged.length - 6]! ^= 0xff
    for (const bytes of [packed.subarray(0, packed.length / 2), damaged])
      expect(() => unpack(bytes, 'folder/some.gz')).toThrow(/^folder\/some\.gz: expected a whole gzip file, found \d+ bytes/)
  })
})
