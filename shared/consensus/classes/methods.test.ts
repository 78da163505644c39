import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { winners, type ClassEstimate } from './estimate.ts'
import { digamma } from './mace.ts'
import { majorityVote } from './majority.ts'
import { classMethods, type ClassMethod } from './methods.ts'
import { coin, simulate, spammer, type Simulation } from './simulate.ts'
import { goldOf, voteTable, type Vote, type VoteTable } from './votes.ts'

const methods = Object.entries(classMethods) as [ClassMethod, (typeof classMethods)[ClassMethod]][]

function accuracy(table: VoteTable, posterior: Float64Array, { truth }: Simulation): number {
  const found = winners(table, posterior)
  return table.tasks.filter((task, i) => table.classes[found[i]!] === truth.get(task)).length / table.tasks.length
}

/** Every figure is a number, every row of probabilities adds up to 1. */
function expectSound(table: VoteTable, estimate: ClassEstimate): void {
  const k = table.classes.length
  const rows = (values: Float64Array) => {
    const count = k > 0 ? values.length / k : 0
    for (let at = 0; at < count * k; at += k) expect(values.subarray(at, at + k).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9)
    for (const value of values) expect(value >= 0 && value <= 1 + 1e-12).toBe(true)
  }
  rows(estimate.posterior)
  if (estimate.confusion) rows(estimate.confusion)
  if (estimate.prevalence) rows(estimate.prevalence)
  for (const value of [...estimate.skill, ...(estimate.taskDifficulty ?? []), ...estimate.objective, estimate.logLikelihood ?? 0]) expect(Number.isFinite(value)).toBe(true)
  expect([estimate.posterior.length, estimate.skill.length]).toEqual([table.tasks.length * k, table.workers.length])
}

const vote = (line: string): Vote => {
  const [task, worker, label] = line.split(' ')
  return { task: task!, worker: worker!, label: label ?? '' }
}
const votes = (lines: string) => lines.split(', ').filter(Boolean).map(vote)

const badInput: Record<string, { votes: readonly Vote[]; labels: Record<string, string | null> }> = {
  'no votes at all': { votes: [], labels: {} },
  'one worker': { votes: votes('1 w a, 2 w b, 3 w a'), labels: { 1: 'a', 2: 'b', 3: 'a' } },
  'one vote': { votes: votes('1 w a'), labels: { 1: 'a' } },
  'all identical': { votes: votes('1 v a, 1 w a, 2 v a, 2 w a'), labels: { 1: 'a', 2: 'a' } },
  'all abstained': { votes: votes('1 v, 1 w, 2 v'), labels: { 1: null, 2: null } },
  'one task nobody judged': { votes: votes('1 v a, 1 w a, 2 v b, 2 w b, 3 v'), labels: { 1: 'a', 2: 'b', 3: null } },
  'a spammer who always says the same': { votes: votes('1 u a, 1 v a, 1 s a, 2 u b, 2 v b, 2 s a, 3 u b, 3 v b, 3 s a, 4 u a, 4 v a, 4 s a'), labels: { 1: 'a', 2: 'b', 3: 'b', 4: 'a' } },
  'a worker with one task': { votes: votes('1 u a, 1 v a, 2 u b, 2 v b, 3 u a, 3 v a, 3 w b'), labels: { 1: 'a', 2: 'b', 3: 'a' } },
  'no two workers share a task': { votes: votes('1 u a, 2 v b, 3 w a'), labels: { 1: 'a', 2: 'b', 3: 'a' } },
}

describe.each(methods)('%s', (name, method) => {
  test.each(Object.entries(badInput))('answers: %s', (_, { votes: given, labels }) => {
    const table = voteTable(given)
    const estimate = method(table)
    expectSound(table, estimate)
    const found = winners(table, estimate.posterior)
    expect(Object.fromEntries(table.tasks.map((task, i) => [task, table.classes[found[i]!] ?? null]))).toEqual(labels)
  })

  test('any votes: figures are sound, seeds repeat, gold stands', () => {
    const some = fc.array(fc.record({ task: fc.constantFrom('1', '2', '3', '4', '5'), worker: fc.constantFrom('u', 'v', 'w', 'x'), label: fc.constantFrom('a', 'b', 'c', '') }), { maxLength: 40 })
    fc.assert(fc.property(some, fc.boolean(), (given, certain) => {
      const table = voteTable(given, { tasks: ['1'], classes: ['c'] })
      const gold = certain ? goldOf(table, new Map([['1', 'c']])) : undefined
      const estimate = method(table, { seed: 3, gold })
      expectSound(table, estimate)
      expect(method(table, { seed: 3, gold })).toEqual(estimate)
      if (certain) expect(table.classes[winners(table, estimate.posterior, gold)[0]!]).toBe('c')
      if (['dawid-skene', 'one-coin', 'glad', 'mace-em'].includes(name)) {
        estimate.objective.forEach((value, at) => expect(value).toBeGreaterThanOrEqual((estimate.objective[at - 1] ?? -Infinity) - 1e-7))
      }
    }), { numRuns: 40 })
  })

  test('many honest workers and a few spammers: nearly all tasks are right', () => {
    const simulation = simulate([...Array.from({ length: 12 }, () => coin(0.8, 2)), ...Array.from({ length: 4 }, () => spammer([1, 0]))], [0.5, 0.5], 500, 9, 5)
    const table = voteTable(simulation.votes)
    const found = accuracy(table, method(table).posterior, simulation)
    expect(found).toBeGreaterThan(0.88)
    if (!['majority', 'wawa', 'zero-based-skill'].includes(name)) expect(found).toBeGreaterThan(accuracy(table, majorityVote(table).posterior, simulation))
  })
})

test('ties go to the first class in the order of the table: numbers by value, then words', () => {
  const table = voteTable(votes('1 u 10, 1 v 9, 2 u b, 2 v a, 3 u a, 3 v 2'))
  expect(table.classes).toEqual(['9', '10', 'a', 'b'].toSpliced(0, 0, '2'))
  expect(Array.from(winners(table, majorityVote(table).posterior), (j) => table.classes[j])).toEqual(['9', 'a', '2'])
})

test('one-coin, GLAD and MACE find each worker’s skill', () => {
  const skills = [0.55, 0.65, 0.75, 0.85, 0.95]
  const simulation = simulate(skills.map((p) => coin(p, 3)), [1 / 3, 1 / 3, 1 / 3], 3000, 5, 9)
  const table = voteTable(simulation.votes)
  skills.forEach((p, w) => expect(Math.abs(classMethods['one-coin'](table).skill[w]! - p)).toBeLessThan(0.03))
  // A worker who knows with θ and else guesses evenly is right with θ + (1 − θ) / 3.
  skills.forEach((p, w) => expect(Math.abs(classMethods['mace-em'](table).skill[w]! - (p - 1 / 3) * 1.5)).toBeLessThan(0.06))
  skills.forEach((p, w) => expect(Math.abs(classMethods.mmsr(table).skill[w]! - p)).toBeLessThan(0.05))
  const alpha = classMethods.glad(table).skill
  expect([...alpha].sort((a, b) => a - b)).toEqual([...alpha])
})

test('GLAD holds tasks on which good workers differ for difficult', () => {
  const { taskDifficulty } = classMethods.glad(voteTable(votes('1 u a, 1 v a, 1 w a, 2 u a, 2 v b, 2 w a, 3 u b, 3 v b, 3 w b')))
  expect(taskDifficulty![1]).toBeGreaterThan(taskDifficulty![0]!)
})

test('KOS and M-MSR turn the votes of workers who answer the opposite', () => {
  const simulation = simulate([...Array.from({ length: 7 }, () => coin(0.85, 2)), ...Array.from({ length: 5 }, () => coin(0.1, 2))], [0.5, 0.5], 400, 7, 2)
  const table = voteTable(simulation.votes)
  for (const name of ['kos', 'mmsr'] as const) expect(accuracy(table, classMethods[name](table).posterior, simulation)).toBeGreaterThan(0.95)
  expect(accuracy(table, majorityVote(table).posterior, simulation)).toBeLessThan(0.75)
})

test('ψ(1) = −γ, ψ(½) = −γ − 2 ln 2, ψ(10) (Abramowitz & Stegun 6.3)', () => {
  expect(digamma(1)).toBeCloseTo(-0.5772156649, 9)
  expect(digamma(0.5)).toBeCloseTo(-1.9635100260, 9)
  expect(digamma(10)).toBeCloseTo(2.2517525891, 9)
})
