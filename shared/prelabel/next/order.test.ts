import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assetId, box, labelId } from '#shared/testing/records.ts'
import { farthestFirst } from './diversity.ts'
import { orderOf, rarityOf } from './order.ts'
import type { Candidate, Guess } from './signals.ts'
import { byEntropy, byMargin, disagreementOf, uncertaintyOf } from './uncertainty.ts'

const guess = (parts: Partial<Guess> = {}): Guess => ({ model: 'm', label: labelId('cup'), geometry: box(0, 0, 10, 10), score: 0.9, margin: null, entropy: null, ...parts })
const candidate = (name: string, guesses: Guess[] = [], vector: number[] | null = null): Candidate => ({ asset: assetId(name), guesses, vector: vector && Float32Array.from(vector) })

test('even odds are the least sure, by margin and by entropy', () => {
  expect(byMargin(guess({ score: 0.5 }))).toBe(1)
  expect(byMargin(guess({ margin: 0.8 }))).toBeCloseTo(0.2)
  expect(byEntropy(guess({ score: 0.5 }))).toBeCloseTo(1)
  expect(byEntropy(guess({ score: 1 }))).toBe(0)
  expect(byEntropy(guess({ entropy: 5 }))).toBe(1)
})

test('a crowded picture is not unsure for being crowded', () => {
  const sure = Array.from({ length: 40 }, () => guess({ score: 0.99 }))
  expect(uncertaintyOf(candidate('crowd', sure))).toBeCloseTo(0.02)
  expect(uncertaintyOf(candidate('one', [guess({ score: 0.55 })]))).toBeCloseTo(0.9)
  expect(uncertaintyOf(candidate('nothing'))).toBe(0.5)
})

test('two models that say the same do not disagree; another label or place does', () => {
  const [a, b] = ['a', 'b']
  expect(disagreementOf(candidate('x', [guess({ model: a }), guess({ model: b, geometry: box(1, 0, 10, 10) })]), [a, b])).toBe(0)
  expect(disagreementOf(candidate('x', [guess({ model: a }), guess({ model: b, label: labelId('bowl') })]), [a, b])).toBe(1)
  expect(disagreementOf(candidate('x', [guess({ model: a })]), [a, b])).toBe(1)
  expect(disagreementOf(candidate('x'), [a, b])).toBe(0)
  expect(disagreementOf(candidate('x', [guess({ model: a })]), [a])).toBe(0)
})

test('farthest first: the corners of a square on a circle before what lies between them', () => {
  const at = (degrees: number) => Float32Array.from([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)])
  const order = farthestFirst([at(10), at(90), at(180), at(175), null], [at(0)])
  expect(order.map(({ index }) => index)).toEqual([2, 1, 0, 3, 4])
  expect(order[0]!.distance).toBeCloseTo(2)
})

test('the rare label counts more than the sure one', () => {
  const counts = new Map([[labelId('cup'), 99], [labelId('spoon'), 1]])
  expect(rarityOf(candidate('x', [guess(), guess({ label: labelId('spoon'), score: 0.4 })]), counts)).toBeCloseTo(0.2)
})

test('the queue holds each item once, is the same for any order of input, and keeps the shares', () => {
  const items = fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z0-9]{1,8}$/u), score: fc.double({ min: 0, max: 1, noNaN: true }), angle: fc.double({ min: 0, max: 6, noNaN: true }) }), { selector: ({ name }) => name, minLength: 4, maxLength: 40 })
  fc.assert(fc.property(items, fc.integer({ min: 0, max: 1000 }), (all, seed) => {
    const candidates = all.map(({ name, score, angle }) => candidate(name, [guess({ score })], [Math.cos(angle), Math.sin(angle)]))
    const options = { mix: { uncertain: 2, diverse: 1, random: 1 }, seed }
    const queue = orderOf(candidates, options)
    expect(new Set(queue.map(({ asset }) => asset)).size).toBe(candidates.length)
    expect(orderOf([...candidates].reverse(), options)).toEqual(queue)
    const first = queue.slice(0, 4).filter(({ strategy }) => strategy === 'uncertain').length
    expect(first).toBe(2)
    expect(orderOf(candidates, { ...options, limit: 3 }).map(({ strategy }) => strategy)).toEqual(queue.slice(0, 3).map(({ strategy }) => strategy))
  }))
})

test('without a mix the order is random, by the seed alone', () => {
  const candidates = Array.from({ length: 50 }, (_, at) => candidate(`i${at}`))
  expect(orderOf(candidates, { mix: {}, seed: 1 })).toEqual(orderOf(candidates, { mix: {}, seed: 1 }))
  expect(orderOf(candidates, { mix: {}, seed: 1 })).not.toEqual(orderOf(candidates, { mix: {}, seed: 2 }))
})
