import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assign } from './assignment.ts'

/** The best sum of all ways to give each row a column of its own or none. */
function bruteForce(scores: readonly number[][], columns: number, row = 0, taken = new Set<number>()): number {
  if (row === scores.length) return 0
  let best = bruteForce(scores, columns, row + 1, taken)
  for (let column = 0; column < columns; column++) {
    if (taken.has(column) || scores[row]![column]! <= 0) continue
    best = Math.max(best, scores[row]![column]! + bruteForce(scores, columns, row + 1, new Set([...taken, column])))
  }
  return best
}

const matrix = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })).chain(([rows, columns]) =>
  fc.record({ columns: fc.constant(columns), scores: fc.array(fc.array(fc.oneof(fc.constant(0), fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 0, max: 3 })), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }) }))

test('the sum is the best there is, nobody is taken twice', () => {
  fc.assert(fc.property(matrix, ({ scores, columns }) => {
    const found = assign(scores, columns)
    const taken = [...found].filter((column) => column >= 0)
    expect(new Set(taken).size).toBe(taken.length)
    const sum = [...found].reduce((total, column, row) => total + (column >= 0 ? scores[row]![column]! : 0), 0)
    expect(sum).toBeCloseTo(bruteForce(scores, columns), 9)
    for (const [row, column] of found.entries()) if (column >= 0) expect(scores[row]![column]!).toBeGreaterThan(0)
  }), { numRuns: 300 })
})

test('greedy would take 0.9 and lose', () => {
  expect([...assign([[0.9, 0.8], [0.8, 0]], 2)]).toEqual([1, 0])
  expect([...assign([], 3)]).toEqual([])
  expect([...assign([[], []], 0)]).toEqual([-1, -1])
})
