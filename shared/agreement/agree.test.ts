import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agree, metrics, type AgreeOptions } from './agree.ts'
import * as published from './fixtures/published.ts'
import type { Rating } from './ratings.ts'

const value = (ratings: readonly Rating[], options: AgreeOptions) => agree(ratings, { ...options, interval: false }).value!

test.each([
  ['nominal', 56 / 81], ['interval', 0.810845],
] as const)("Krippendorff's alpha of three coders and 15 units, %s", (level, expected) => {
  expect(value(published.threeCoders, { metric: 'alpha', level })).toBeCloseTo(expected, 6)
})

test.each([
  ['nominal', 0.743421], ['ordinal', 0.815388], ['interval', 0.849107], ['ratio', 0.797403],
] as const)("Krippendorff's alpha of four observers and 12 units, %s", (level, expected) => {
  expect(value(published.fourObservers, { metric: 'alpha', level })).toBeCloseTo(expected, 6)
})

test("Krippendorff's two-observer examples", () => {
  expect(value(published.twoObserversBinary, { metric: 'alpha' })).toBeCloseTo(0.095238, 6)
  expect(value(published.twoObserversNominal, { metric: 'alpha' })).toBeCloseTo(0.692, 3)
})

test("Fleiss' kappa", () => {
  expect(value(published.fourteenRaters, { metric: 'fleiss' })).toBeCloseTo(0.20993, 5)
  expect(value(published.fourteenRaters, { metric: 'fleiss' })).toBeCloseTo(0.2099307, 6)
  expect(value(published.diagnoses, { metric: 'fleiss' })).toBeCloseTo(0.4302445, 7)
})

test.each([
  ['PROC FREQ', published.sasThreeByThree, 0.4842, 0.4701, null, 4], ['anxiety', published.anxiety, -0.006289308, 0.1459075, 0.2520325, 7],
  ['SexualFun', published.couples, 0.12933, 0.237381, null, 6], ['abstractors', published.abstractors, null, null, 0.892157, 6],
  ['Warrens', published.warrens, null, null, 0, 9],
] as const)("Cohen's kappa, plain, linear, quadratic: %s", (_, ratings, none, linear, quadratic, digits) => {
  for (const [weights, expected] of Object.entries({ none, linear, quadratic }))
    if (expected !== null) expect(value(ratings, { metric: 'kappa', weights: weights as 'none' })).toBeCloseTo(expected, digits)
})

test("Cohen's kappa and Scott's pi as the papers and scikit-learn print them", () => {
  expect(value(published.cohen1968, { metric: 'kappa' })).toBeCloseTo(0.492, 3)
  expect(value(published.dialogueActs, { metric: 'observed' })).toBeCloseTo(0.7, 12)
  expect(value(published.dialogueActs, { metric: 'kappa' })).toBeCloseTo(0.348, 3)
  expect(value(published.dialogueActs, { metric: 'pi' })).toBeCloseTo(0.341, 3)
  expect(value(published.sentiments, { metric: 'kappa' })).toBeCloseTo(0.6875, 12)
  expect(value(published.blocksOfThree, { metric: 'kappa' })).toBeCloseTo(0.8013, 4)
  expect((['none', 'linear', 'quadratic'] as const).map((weights) => Number(value(published.blocksToWeigh, { metric: 'kappa', weights }).toFixed(4)))).toEqual([0.9315, 0.9412, 0.9541])
  expect([published.balanced, published.unbalanced].map((ratings) => [value(ratings, { metric: 'observed' }), Number(value(ratings, { metric: 'kappa' }).toFixed(2))])).toEqual([[0.85, 0.7], [0.85, 0.32]])
})

test("all of Gwet's coefficients on his own data, missing values included (R's irrCAC, overview and weighting)", () => {
  const raw = published.fourObservers, table = published.abstractors
  expect(value(raw, { metric: 'ac1' })).toBeCloseTo(0.77544, 5)
  expect(value(raw, { metric: 'fleiss' })).toBeCloseTo(0.76117, 5)
  expect(value(raw, { metric: 'observed' })).toBeCloseTo(0.81818, 5)
  expect(value(raw, { metric: 'ac2', weights: 'quadratic' })).toBeCloseTo(0.914, 3)
  expect(value(table, { metric: 'kappa' })).toBeCloseTo(0.7964094, 7)
  expect(value(table, { metric: 'pi' })).toBeCloseTo(0.7962397, 7)
  expect(value(table, { metric: 'ac1' })).toBeCloseTo(0.8493305, 7)
  expect(value(table, { metric: 'alpha' })).toBeCloseTo(0.7972585, 7)
  expect(value(table, { metric: 'observed' })).toBeCloseTo(0.89, 12)
})

test("Gwet's AC1 beside the others where kappa is a paradox", () => {
  expect(value(published.paradox, { metric: 'observed' })).toBeCloseTo(0.944, 9)
  expect(value(published.paradox, { metric: 'kappa' })).toBeCloseTo(-0.023392, 6)
  expect(value(published.paradox, { metric: 'ac1' })).toBeCloseTo(0.940776, 6)
  expect(value(published.paradox, { metric: 'alpha' })).toBeCloseTo(-0.024691, 6)
  expect(value(published.threeCategories, { metric: 'kappa' })).toBeCloseTo(0.676471, 6)
  expect(value(published.threeCategories, { metric: 'ac1' })).toBeCloseTo(0.86757, 6)
  expect(value(published.threeCategories, { metric: 'alpha' })).toBeCloseTo(0.6769, 6)
  expect(value(published.warrens, { metric: 'ac2', weights: 'quadratic' })).toBeCloseTo(0.152276, 6)
})

test('degenerate tables have a value or a reason', () => {
  const rate = (text: string): Rating[] => text.split(' ').filter(Boolean).map((one) => ({ task: one[0]!, worker: one[1]!, value: one.slice(2) }))
  const answers = (text: string) => metrics.map((metric) => { const { value, reason } = agree(rate(text), { metric, weights: metric === 'ac2' ? 'none' : undefined }); return value ?? reason })
  expect(new Set(answers(''))).toEqual(new Set(['There are no ratings.']))
  expect(new Set(answers('1ax 2ay'))).toEqual(new Set(['There is one person only ("a"). Agreement needs two.']))
  expect(new Set(answers('1ax 2by'))).toEqual(new Set(['No unit was judged by two people.']))
  expect(answers('1ax 1bx 2ax 2bx').map((one) => (typeof one === 'number' ? one : one.split(':')[0]))).toEqual([
    'All ratings that can be compared are the same', 'No pair of people has a kappa', 'All ratings that can be compared are the same', 1, 1,
    'All ratings that can be compared are the same', 1, 1, 1,
  ])
  expect(answers('1ax 1bx 2ay 2by')).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1])
  expect(agree(rate('1ax 1bx 2ay 2by'), { metric: 'alpha', level: 'interval' }).reason).toBe('The interval level needs numbers, and "x" is none.')
  expect(agree(rate('1ax 1bx 2ay 2by 3az'), { metric: 'alpha', level: 'ordinal' }).reason).toContain('are words. Say their order')
  expect(agree(rate('1ax 1bx 2ay 2by 3ax 3by'), { metric: 'alpha', level: 'ordinal' }).value).toBe(agree(rate('1ax 1bx 2ay 2by 3ax 3by'), { metric: 'alpha' }).value)
  expect(agree(rate('1ax 1bx 2ax 2bx'), { metric: 'ac2' })).toMatchObject({ value: 1, interval: { low: 1, high: 1 } })
  expect(agree(rate('1ax 1by'), { metric: 'alpha' })).toMatchObject({ value: 0, n: 1, interval: null })
  expect(agree(rate('1ax 1bx 2ay 2by'), { metric: 'alpha', level: 'ordinal', order: ['y', 'x'] }).value).toBe(1)
  expect(agree(rate('1ax 1bx 2ay 2by'), { metric: 'kappa', order: ['x'] }).reason).toBe('The order given lacks the value "y".')
  expect(agree(rate('1a-1 1b1 2a0 2b0'), { metric: 'alpha', level: 'ratio' }).reason).toContain('negative')
})

const table = fc.array(fc.record({ task: fc.integer({ max: 7, min: 0 }), worker: fc.integer({ max: 3, min: 0 }), value: fc.integer({ max: 4, min: 0 }) }), { maxLength: 40 })
  .map((rows): Rating[] => [...new Map(rows.map(({ task, worker, value }) => [`${task} ${worker}`, { task: `t${task}`, worker: `w${worker}`, value: String(value) }])).values()])

/** Alpha by its definition: all pairs, one by one. */
function slowAlpha(ratings: readonly Rating[], level: string): number | null {
  const units = [...Map.groupBy(ratings, ({ task }) => task).values()].filter((unit) => unit.length > 1).map((unit) => unit.map((one) => Number(one.value)))
  const all = units.flat()
  const difference = (c: number, k: number) => {
    if (c === k) return 0
    if (level === 'nominal') return 1
    if (level === 'interval') return (c - k) ** 2
    if (level === 'ratio') return ((c - k) / (c + k)) ** 2
    const [low, high] = c < k ? [c, k] : [k, c]
    const between = all.filter((one) => one >= low && one <= high).length
    return (between - (all.filter((one) => one === c).length + all.filter((one) => one === k).length) / 2) ** 2
  }
  let within = 0, between = 0
  for (const unit of units) for (const a of unit) for (const b of unit) within += difference(a, b) / (unit.length - 1)
  for (const a of all) for (const b of all) between += difference(a, b)
  return between > 0 ? 1 - ((all.length - 1) * within) / between : null
}

test.each(['nominal', 'ordinal', 'interval', 'ratio'] as const)('alpha is what its definition says, %s', (level) => {
  fc.assert(fc.property(table, (ratings) => {
    const { value: found } = agree(ratings, { metric: 'alpha', level, interval: false })
    const raters = new Set(ratings.map(({ worker }) => worker)).size
    const expected = raters > 1 ? slowAlpha(ratings, level) : null
    if (expected === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(expected, 9)
  }))
})

test.each(metrics)('%s: in its bounds, the same whatever the order of rows, the interval included', (metric) => {
  fc.assert(fc.property(table, fc.infiniteStream(fc.nat()), (ratings, keys) => {
    const shuffled = ratings.map((rating) => ({ rating, key: keys.next().value as number })).sort((a, b) => a.key - b.key).map(({ rating }) => rating)
    const found = agree(ratings, { metric, replicates: 100 })
    expect(agree(shuffled, { metric, replicates: 100 })).toEqual(found)
    if (found.value === null) {
      expect(found.reason).not.toBe('')
      return
    }
    expect(found.value).toBeLessThanOrEqual(1 + 1e-12)
    if (['kappa', 'observed', 'pairwise', 'unanimous'].includes(metric)) expect(found.value).toBeGreaterThanOrEqual(-1 - 1e-12)
    if (found.interval) expect(found.interval.low).toBeLessThanOrEqual(found.interval.high)
  }), { numRuns: 60 })
})

test.each(metrics)('%s: names of people and categories do not matter, perfect agreement is 1', (metric) => {
  fc.assert(fc.property(table, (ratings) => {
    const options: AgreeOptions = { metric, weights: 'none', interval: false }
    const renamed = ratings.map(({ task, worker, value }) => ({ task, worker: `x${9 - Number(worker.slice(1))}`, value: String(9 - Number(value)) }))
    const [a, b] = [agree(ratings, options), agree(renamed, options)]
    if (a.value === null) expect(b.value).toBeNull()
    else expect(b.value).toBeCloseTo(a.value, 9)
    const same = agree(ratings.map((rating) => ({ ...rating, value: String(Number(rating.task.slice(1)) % 3) })), options)
    if (same.value !== null) expect(same.value).toBeCloseTo(1, 12)
  }), { numRuns: 60 })
})

test('numbers too large to be squared have no value, and say so', () => {
  const rows = ['a', 'b', 'c'].flatMap((task, at) => ['x', 'y'].map((worker, nth) => ({ task, worker, value: String((at + nth + 1) * 1e200) })))
  expect(agree(rows, { metric: 'alpha', level: 'interval' })).toMatchObject({ value: null, reason: expect.stringMatching(/too large/u) })
})

test('weights of a near miss do not depend on which end of the order is named first', () => {
  const rows = [['1', '2'], ['2', '3'], ['3', '3'], ['1', '1'], ['3', '1']].flatMap((pair, at) => pair.map((value, nth) => ({ task: `t${at}`, worker: `w${nth}`, value })))
  const kappa = (order: string[]) => agree(rows, { metric: 'kappa', level: 'interval', weights: 'linear', order }).value
  expect(kappa(['3', '2', '1'])).toBeCloseTo(kappa(['1', '2', '3'])!, 12)
})
