import { describe, expect, test } from 'vitest'
import { cropQuad, wholeQuad } from './crop.ts'

/** A number a pixel in the red channel. */
const picture = (width: number, height: number) => {
  const data = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) data[i * 3] = i
  return { width, height, data }
}
const reds = (crop: { data: ArrayLike<number>; width: number; height: number } | null) => Array.from({ length: crop!.width * crop!.height }, (_, i) => crop!.data[i * 3])

describe('the crop of four corners', () => {
  test('the whole at its own size is the picture', () => {
    const own = picture(4, 3)
    expect(reds(cropQuad(own, wholeQuad(own), 4, 3))).toEqual(reds(own))
  })

  test('a part at its own size is exact; corners that begin elsewhere turn it', () => {
    const own = picture(4, 3)
    const quad = [{ x: 1, y: 0 }, { x: 3, y: 0 }, { x: 3, y: 2 }, { x: 1, y: 2 }] as const
    expect(reds(cropQuad(own, quad, 2, 2))).toEqual([1, 2, 5, 6])
    const [a, b, c, d] = quad
    // To the left by a quarter, as a line that runs down is turned: its right side comes up.
    expect(reds(cropQuad(own, [b, c, d, a], 2, 2))).toEqual([2, 6, 1, 5])
  })

  test('half the size is the mean of four, 2½ and 4½, rounded to even', () => {
    const own = picture(4, 2)
    expect(reds(cropQuad(own, wholeQuad(own), 2, 1))).toEqual([2, 4])
  })

  test('corners outside take the border; corners on a line and a picture without pixels are nothing', () => {
    const own = picture(2, 2)
    expect(reds(cropQuad(own, [{ x: -9, y: -9 }, { x: -5, y: -9 }, { x: -5, y: -5 }, { x: -9, y: -5 }], 1, 1))).toEqual([0])
    expect(cropQuad(own, [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 2, y: 0 }, { x: 3, y: 0 }], 2, 2)).toBeNull()
    expect(cropQuad({ width: 0, height: 0, data: new Uint8Array() }, wholeQuad(own), 2, 2)).toBeNull()
  })
})
