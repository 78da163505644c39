import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fedTo, fromHalves, toHalves } from './half.ts'

test('the worked examples of IEEE 754 binary16 (Wikipedia, “Half-precision floating-point format”)', () => {
  const examples: [number, number][] = [
    [0x0000, 0], [0x0001, 2 ** -24], [0x03ff, 2 ** -14 * (1023 / 1024)], [0x0400, 2 ** -14], [0x3555, 0.333251953125], [0x3bff, 1 - 2 ** -11], [0x3c00, 1], [0x3c01, 1 + 2 ** -10],
    [0x7bff, 65_504], [0x7c00, Infinity], [0x8000, -0], [0xc000, -2], [0xfc00, -Infinity],
  ]
  expect([...fromHalves(examples.map(([half]) => half))]).toEqual(examples.map(([, value]) => value))
  expect([...toHalves(examples.map(([, value]) => value))]).toEqual(examples.map(([half]) => half))
  expect([...fromHalves(toHalves([65_519, 65_520, -1e9, NaN, 2 ** -25, 2 ** -25 * 1.01]))]).toEqual([65_504, Infinity, -Infinity, NaN, 0, 2 ** -24])
})

test('every half comes back, and every number goes to a nearest one', () => {
  const all = Uint16Array.from({ length: 65_536 }, (_, half) => half).filter((half) => (half & 0x7c00) !== 0x7c00)
  expect(toHalves(fromHalves(all))).toEqual(all)
  const sorted = fromHalves(all).toSorted()
  fc.assert(fc.property(fc.float({ min: -65_000, max: 65_000, noNaN: true }), (value) => {
    const [got] = fromHalves(toHalves([value]))
    let low = 0, high = sorted.length - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (sorted[middle]! <= value) low = middle
      else high = middle
    }
    expect(Math.abs(got! - value)).toBeLessThanOrEqual(Math.min(Math.abs(sorted[low]! - value), Math.abs(sorted[high]! - value)))
  }))
})

test('only what a graph wants in half precision is made so', () => {
  const picture = { type: 'float32', dims: [2], data: Float32Array.of(1, 0.5) } as const, size = { type: 'int64', dims: [1], data: BigInt64Array.of(4n) } as const
  expect(fedTo([{ name: 'x', type: 'float16' }, { name: 'size', type: 'int64' }], { x: picture, size })).toEqual({ x: { type: 'float16', dims: [2], data: Uint16Array.of(0x3c00, 0x3800) }, size })
  expect(fedTo([{ name: 'x', type: 'float32' }], { x: picture })['x']).toBe(picture)
})
