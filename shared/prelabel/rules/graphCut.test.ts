import fc from 'fast-check'
import { expect, test } from 'vitest'
import { directions, gridCut } from './graphCut.ts'

const gridWeights = (width: number, height: number, weight: (a: number, b: number) => number): Float32Array => {
  const weights = new Float32Array(width * height * 8)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      directions.forEach(([dx, dy], d) => {
        if (x + dx >= 0 && y + dy >= 0 && x + dx < width && y + dy < height) weights[(y * width + x) * 8 + d] = weight(y * width + x, (y + dy) * width + x + dx)
      })
    }
  }
  return weights
}

/** What a cut costs: the terminals of pixels on the wrong side, and the edges between the sides. */
function energy(width: number, terminals: ArrayLike<number>, weights: ArrayLike<number>, bits: ArrayLike<number>): number {
  let sum = 0
  for (let p = 0; p < bits.length; p++) {
    const terminal = terminals[p]!
    if (terminal > 0 && !bits[p]) sum += terminal
    if (terminal < 0 && bits[p]) sum -= terminal
    directions.forEach(([dx, dy], d) => {
      const weight = weights[p * 8 + d]!
      if (weight > 0 && bits[p] && !bits[p + dy * width + dx]) sum += weight
    })
  }
  return sum
}

test('no cut of a small grid is cheaper', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12, maxLength: 12 }), fc.array(fc.nat(6), { minLength: 12, maxLength: 12 }),
    (width, height, terminals, pulls) => {
      const count = width * height
      const weights = gridWeights(width, height, (a, b) => pulls[(a * b + a + b) % 12]!)
      const found = gridCut(width, height, Float64Array.from(terminals.slice(0, count)), weights.slice())
      let least = Infinity
      for (let each = 0; each < 2 ** count; each++) least = Math.min(least, energy(width, terminals, weights, Array.from({ length: count }, (_, p) => (each >> p) & 1)))
      expect(energy(width, terminals, weights, found)).toBe(least)
    }), { numRuns: 300 })
})

test('a disc in noise comes out whole', () => {
  const side = 60
  const inside = (p: number) => Math.hypot((p % side) - 30, Math.floor(p / side) - 30) < 15
  let seed = 1
  const noise = () => ((seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5) * 6
  const terminals = Float64Array.from({ length: side * side }, (_, p) => (inside(p) ? 1 : -1) + noise())
  const found = gridCut(side, side, terminals, gridWeights(side, side, () => 1))
  expect(found.reduce((wrong, bit, p) => wrong + (bit === (inside(p) ? 1 : 0) ? 0 : 1), 0)).toBeLessThan(60)
})
