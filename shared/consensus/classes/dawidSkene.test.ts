import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anesthesia } from './anesthesia.ts'
import { dawidSkene } from './dawidSkene.ts'
import { winners } from './estimate.ts'
import { majorityVote } from './majority.ts'
import { coin, draw, simulate, spammer, type Simulation } from './simulate.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { goldOf, voteTable, type VoteTable } from './votes.ts'

const places = (values: Iterable<number>, digits: number) => Array.from(values, (value) => Number(value.toFixed(digits)))

/** The share of tasks whose true class was found. */
function accuracy(table: VoteTable, posterior: Float64Array, { truth }: Simulation): number {
  const found = winners(table, posterior)
  return table.tasks.filter((task, i) => table.classes[found[i]!] === truth.get(task)).length / table.tasks.length
}

test('the anaesthetists of Dawid & Skene 1979, section 4', () => {
  const table = voteTable(anesthesia)
  expect([table.tasks.length, table.task.length]).toEqual([45, 315])
  const result = dawidSkene(table, { starts: 1 })
  expect(places(result.prevalence!, 4)).toEqual([0.3996, 0.422, 0.1118, 0.0667])
  expect(result.logLikelihood).toBeCloseTo(-192.8909, 4)
  // Table 2, the first observer: what they say of patients of the first class, and of the second.
  expect(places(result.confusion!.subarray(0, 8), 2)).toEqual([0.89, 0.11, 0, 0, 0.07, 0.88, 0.05, 0])
  // Table 3: patient 3 is of class 2 with all but certainty, patient 36 of class 4.
  expect(result.posterior[table.tasks.indexOf('3') * 4 + 1]).toBeGreaterThan(0.99)
  expect(result.posterior[table.tasks.indexOf('36') * 4 + 3]).toBeGreaterThan(0.99)
})

test('more starts keep the summit next to the vote unless another is more than 2 higher', () => {
  for (const seed of [0, 1, 2, 3]) expect(places(dawidSkene(voteTable(anesthesia), { seed, starts: 8 }).prevalence!, 4)).toEqual([0.3996, 0.422, 0.1118, 0.0667])
  const { starts } = dawidSkene(voteTable(anesthesia), { starts: 4 })
  expect(starts!.map(({ from }) => from)).toEqual(['votes', 'random', 'random', 'random'])
  expect(starts!.filter(({ kept }) => kept)).toHaveLength(1)
})

const someVotes = fc.array(fc.record({
  task: fc.integer({ min: 0, max: 8 }).map((n) => `t${n}`), worker: fc.integer({ min: 0, max: 4 }).map((n) => `w${n}`),
  label: fc.constantFrom('a', 'b', 'c', ''),
}), { maxLength: 60 })

test('the log-likelihood never falls, with and without smoothing, with and without gold', () => {
  fc.assert(fc.property(someVotes, fc.constantFrom(0, 0.1, 1), fc.boolean(), (votes, smoothing, certain) => {
    const table = voteTable(votes, { classes: ['a'] })
    const gold = certain ? goldOf(table, new Map([['t0', 'a']])) : undefined
    const { objective } = dawidSkene(table, { starts: 1, smoothing, gold })
    objective.forEach((value, at) => expect(value).toBeGreaterThanOrEqual((objective[at - 1] ?? -Infinity) - 1e-8))
  }))
})

test('neither the order of the votes nor the names of classes change the estimate', () => {
  fc.assert(fc.property(someVotes, fc.integer(), (votes, seed) => {
    const random = randomFrom(seed)
    const shuffled = votes.map((vote) => ({ vote, at: random() })).sort((a, b) => a.at - b.at).map(({ vote }) => vote)
    expect(dawidSkene(voteTable(shuffled))).toEqual(dawidSkene(voteTable(votes)))
  }))
})

test('known confusion matrices are recovered from many votes', () => {
  const workers = [
    [[0.8, 0.15, 0.05], [0.1, 0.85, 0.05], [0.1, 0.3, 0.6]], [[0.9, 0.05, 0.05], [0.3, 0.6, 0.1], [0.05, 0.05, 0.9]],
    [[0.7, 0.2, 0.1], [0.05, 0.9, 0.05], [0.2, 0.1, 0.7]], coin(0.75, 3), coin(0.85, 3),
  ]
  const simulation = simulate(workers, [0.5, 0.3, 0.2], 4000, 5, 7)
  const table = voteTable(simulation.votes)
  const { confusion, prevalence } = dawidSkene(table)
  workers.flat(2).forEach((share, at) => expect(Math.abs(confusion![at]! - share)).toBeLessThan(0.05))
  ;[0.5, 0.3, 0.2].forEach((share, j) => expect(Math.abs(prevalence![j]! - share)).toBeLessThan(0.03))
})

test('it beats the vote where skills differ: spammers, an adversary, biased workers', () => {
  for (const seed of [1, 2, 3]) {
    const random = randomFrom(seed)
    const workers = [...Array.from({ length: 6 }, () => coin(0.6 + 0.3 * random(), 3)), ...Array.from({ length: 5 }, () => spammer([0.8, 0.1, 0.1])), [[0.1, 0.8, 0.1], [0.8, 0.1, 0.1], [0.45, 0.45, 0.1]]]
    const simulation = simulate(workers, [0.4, 0.3, 0.3], 800, 9, seed)
    const table = voteTable(simulation.votes)
    expect(accuracy(table, dawidSkene(table).posterior, simulation)).toBeGreaterThan(accuracy(table, majorityVote(table).posterior, simulation) + 0.05)
  }
})

test('gold breaks a deadlock that votes cannot: three who answer the opposite outnumber two', () => {
  const simulation = simulate([coin(0.9, 2), coin(0.9, 2), coin(0.1, 2), coin(0.1, 2), coin(0.1, 2)], [0.5, 0.5], 300, 5, 3)
  const table = voteTable(simulation.votes)
  const gold = goldOf(table, new Map([...simulation.truth].slice(0, 30)))
  expect(accuracy(table, dawidSkene(table).posterior, simulation)).toBeLessThan(0.2)
  expect(accuracy(table, dawidSkene(table, { gold }).posterior, simulation)).toBeGreaterThan(0.9)
})

test('draw follows its shares', () => {
  const random = randomFrom(1)
  const counts = [0, 0, 0]
  for (let n = 0; n < 3000; n++) counts[draw([0.2, 0.3, 0.5], random)]! += 1
  counts.forEach((count, at) => expect(Math.abs(count / 3000 - [0.2, 0.3, 0.5][at]!)).toBeLessThan(0.03))
})

