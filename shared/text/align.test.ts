import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { align, distance, scliteCosts, unitCosts, type EditCosts } from '#shared/text/align.ts'
import { countEdits, hypothesisLength, referenceLength } from '#shared/text/rates.ts'
import published from './fixtures/sclite-random-words.json' with { type: 'json' }

const token = fc.constantFrom('a', 'b', 'c', 'd')
const tokens = fc.array(token, { maxLength: 30 })
const costs = fc.constantFrom(scliteCosts, unitCosts)

/** The whole table with sclite's tie-break, the slow and plain way. */
function plainAlign(ref: string[], hyp: string[], cost: EditCosts): string {
  const table: number[][] = ref.concat('').map(() => [])
  const at = (i: number, j: number) => (i < 0 || j < 0 ? Infinity : table[i]![j]!)
  const ways = (i: number, j: number) => ({
    sub: at(i - 1, j - 1) + (ref[i - 1] === hyp[j - 1] ? 0 : cost.substitution), del: at(i - 1, j) + cost.deletion, ins: at(i, j - 1) + cost.insertion,
  })
  for (let i = 0; i <= ref.length; i++) {
    for (let j = 0; j <= hyp.length; j++) table[i]![j] = i + j === 0 ? 0 : Math.min(...Object.values(ways(i, j)))
  }
  let path = ''
  for (let [i, j] = [ref.length, hyp.length]; i + j > 0; ) {
    const { sub, del, ins } = ways(i, j)
    const step = sub <= del && sub <= ins ? (ref[i - 1] === hyp[j - 1] ? '=' : 's') : del < ins ? 'd' : 'i'
    path = step + path
    if (step !== 'i') i--
    if (step !== 'd') j--
  }
  return path
}
const marks = { ok: '=', sub: 's', del: 'd', ins: 'i' } as const

test('120 random sentences count as NIST sclite 2.4.10 counts them', () => {
  for (const { ref, hyp, counts } of published) {
    const { hits, substitutions, deletions, insertions } = countEdits(align(ref.split(' ').filter(Boolean), hyp.split(' ').filter(Boolean)))
    expect(`${hits} ${substitutions} ${deletions} ${insertions}`, `${ref} | ${hyp}`).toBe(counts)
  }
})

test('the alignment is the one that the whole table gives, tie by tie', () => {
  fc.assert(fc.property(tokens, tokens, costs, (ref, hyp, cost) => {
    expect(align(ref, hyp, cost).map(({ op }) => marks[op]).join('')).toBe(plainAlign(ref, hyp, cost))
  }), { numRuns: 400 })
})

test('it is also the same for texts so long that the band must widen', () => {
  fc.assert(fc.property(fc.array(token, { minLength: 120, maxLength: 260 }), fc.array(token, { minLength: 1, maxLength: 260 }), costs, (ref, hyp, cost) => {
    expect(align(ref, hyp, cost).map(({ op }) => marks[op]).join('')).toBe(plainAlign(ref, hyp, cost))
  }), { numRuns: 25 })
})

test('the alignment turns the reference into the hypothesis, index by index', () => {
  fc.assert(fc.property(tokens, tokens, costs, (ref, hyp, cost) => {
    const ops = align(ref, hyp, cost)
    expect(ops.flatMap((column) => (column.ref === null ? [] : [column.ref]))).toEqual(ref.map((_, index) => index))
    expect(ops.flatMap((column) => (column.hyp === null ? [] : [column.hyp]))).toEqual(hyp.map((_, index) => index))
    for (const column of ops) {
      if (column.op === 'ok') expect(ref[column.ref]).toBe(hyp[column.hyp])
      if (column.op === 'sub') expect(ref[column.ref]).not.toBe(hyp[column.hyp])
    }
    const counts = countEdits(ops)
    expect([referenceLength(counts), hypothesisLength(counts)]).toEqual([ref.length, hyp.length])
  }))
})

test('the distance is a metric: zero only for equals, symmetric, no shortcut over a third text', () => {
  fc.assert(fc.property(tokens, tokens, tokens, (x, y, z) => {
    expect(distance(x, y) === 0).toBe(x.join() === y.join())
    expect(distance(x, y)).toBe(distance(y, x))
    expect(distance(x, z)).toBeLessThanOrEqual(distance(x, y) + distance(y, z))
  }))
})

const between = (x: string, y: string) => distance(x.split(''), y.split(''))

test('Levenshtein distances that everybody knows', () => {
  expect(between('kitten', 'sitting')).toBe(3)
  expect(between('saturday', 'sunday')).toBe(3)
  expect(between('', 'abc')).toBe(3)
})

const words = (letter: string) => Array.from({ length: 6000 }, (_, index) => letter + String(index))

test('6,000 words that share nothing with 6,000 others are aligned without the whole table', () => {
  expect(countEdits(align(words('a'), words('b')))).toMatchObject({ hits: 0, substitutions: 6000, deletions: 0, insertions: 0 })
})
