import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dawidSkene } from '#shared/consensus/classes/dawidSkene.ts'
import { voteTable } from '#shared/consensus/classes/votes.ts'
import { staple } from './staple.ts'
import type { Votes } from './votes.ts'

/** One row of cells from each person's 0s and 1s. */
function votes(...rows: string[]): Votes {
  const columns = rows[0]!.length
  const keys = Array.from({ length: columns }, (_, at) => rows.map((row) => row[at]).join(''))
  const all = [...new Set(['0'.repeat(rows.length), ...keys])]
  const pattern = Uint32Array.from(keys, (key) => all.indexOf(key))
  return {
    grid: { x: 0, y: 0, cell: 1, columns, rows: 1 }, people: rows.length, pattern, patterns: all.map((key) => Uint8Array.from(key, Number)),
    cells: all.map((_, of) => pattern.filter((own) => own === of).length),
  }
}

/** Warfield's equations cell by cell, nothing grouped. */
function plainly(rows: readonly string[], f: readonly number[], start: number, iterations: number) {
  let p = rows.map(() => start), q = rows.map(() => start)
  let w: number[] = []
  for (let i = 0; i < iterations; i++) {
    w = f.map((prior, at) => {
      let a = prior, b = 1 - prior
      rows.forEach((row, j) => {
        a *= row[at] === '1' ? p[j]! : 1 - p[j]!
        b *= row[at] === '1' ? 1 - q[j]! : q[j]!
      })
      return a / (a + b)
    })
    const inside = w.reduce((sum, own) => sum + own, 0)
    p = rows.map((row) => w.reduce((sum, own, at) => sum + (row[at] === '1' ? own : 0), 0) / inside)
    q = rows.map((row) => w.reduce((sum, own, at) => sum + (row[at] === '0' ? 1 - own : 0), 0) / (w.length - inside))
  }
  return { w, p, q }
}

const drawn = ['0001111110000000', '0011111100000000', '0001111111100000', '0000111110000100']
const meanVote = drawn.join('').replaceAll('0', '').length / (4 * 16)

test.each([1, 2, 5, 40])('the paper’s E and M steps, %i iterations, as cell by cell', (maxIterations) => {
  const reference = plainly(drawn, Array.from({ length: 16 }, () => meanVote), 0.9, maxIterations)
  const found = staple(votes(...drawn), { background: 'all', start: 0.9, maxIterations })
  expect(found.prior).toBeCloseTo(meanVote, 12)
  expect([...found.inside]).toEqual(reference.w.map((own) => expect.closeTo(own, 5)))
  expect([...found.sensitivity]).toEqual(reference.p.map((own) => expect.closeTo(own, 5)))
  expect([...found.specificity]).toEqual(reference.q.map((own) => expect.closeTo(own, 5)))
})

test('one step by hand: two people, p = q = 0.9, prior ½', () => {
  // Both: 0.81 / (0.81 + 0.01); one: ½; nobody: 0.01 / 0.82.
  const found = staple(votes('1100', '1010'), { background: 'all', start: 0.9, prior: 0.5, maxIterations: 1 })
  expect([...found.inside]).toEqual([81 / 82, 0.5, 0.5, 1 / 82].map((own) => expect.closeTo(own, 12)))
  expect(found.sensitivity[0]).toBeCloseTo((81 / 82 + 0.5) / 2, 12)
})

test('a prior for each cell is the same as cell by cell', () => {
  const field = Array.from({ length: 16 }, (_, at) => 0.1 + 0.05 * at)
  const reference = plainly(drawn, field, 0.99, 12)
  const found = staple(votes(...drawn), { background: 'all', prior: field, start: 0.99, maxIterations: 12 })
  // The chances are of the parameters after the last step.
  expect([...found.sensitivity]).toEqual(reference.p.map((own) => expect.closeTo(own, 6)))
  expect([...found.specificity]).toEqual(reference.q.map((own) => expect.closeTo(own, 6)))
})

test('where Dawid and Skene’s EM stands still, STAPLE with its frequency as prior does too', () => {
  const rows = ['1111110000000000111100', '1111100000010000111000', '1110111000000000101100', '1011110100000001110100']
  const table = voteTable(rows.flatMap((row, person) => [...row].map((label, at) => ({ task: `t${String(at).padStart(2, '0')}`, worker: `w${person}`, label }))))
  const both = dawidSkene(table, { starts: 1, tolerance: 1e-14 })
  const found = staple(votes(...rows), { background: 'all', prior: both.prevalence![1]! })
  rows.forEach((_, person) => {
    expect(found.sensitivity[person]).toBeCloseTo(both.confusion![person * 4 + 3]!, 4)
    expect(found.specificity[person]).toBeCloseTo(both.confusion![person * 4]!, 4)
  })
})

test('the margin around a thing changes nothing when the background is balanced, and much when all of it is counted', () => {
  const inside = (zeros: number, background: 'balanced' | 'all') => Array.from(staple(votes(...['111111100000', '111100011000', '111100000110'].map((row) => row + '0'.repeat(zeros))), { background }).inside.slice(0, 12))
  expect(inside(5000, 'balanced')).toEqual(inside(10, 'balanced'))
  expect(inside(5000, 'all')).not.toEqual(inside(10, 'all'))
})

test('nobody marked anything, one person, all alike, disjoint: never NaN', () => {
  expect([...staple(votes('000', '000')).inside]).toEqual([0, 0, 0])
  expect([...staple(votes('0110')).inside].map(Math.round)).toEqual([0, 1, 1, 0])
  expect([...staple(votes('0110', '0110', '0110')).inside].map(Math.round)).toEqual([0, 1, 1, 0])
  for (const own of staple(votes('1100', '0011')).inside) expect(own).toSatisfy((value: number) => value >= 0 && value <= 1)
  expect([...staple(votes('111', '111'), { background: 'all' }).inside].map(Math.round)).toEqual([1, 1, 1])
})

test('a spammer who marks all of it decides nothing', () => {
  const found = staple(votes('0011110000', '0011110000', '0001110000', '1111111111'), { background: 'all' })
  expect([...found.inside].map(Math.round)).toEqual([0, 0, 1, 1, 1, 1, 0, 0, 0, 0])
  expect(found.specificity[3]).toBeLessThan(0.05)
})

const row = fc.integer({ min: 1, max: 5 }).chain((people) => fc.array(fc.string({ unit: fc.constantFrom('0', '1'), minLength: 12, maxLength: 12 }), { minLength: people, maxLength: people }))
test('whatever the votes: chances between 0 and 1, and the same people in another order give the same', () => {
  fc.assert(fc.property(row, (rows) => {
    const found = staple(votes(...rows)), turned = staple(votes(...rows.toReversed()))
    for (const own of [...found.inside, ...found.sensitivity, ...found.specificity]) expect(own >= 0 && own <= 1).toBe(true)
    expect([...turned.inside]).toEqual([...found.inside].map((own) => expect.closeTo(own, 4)))
  }), { numRuns: 100 })
})
