import { describe, expect, test } from 'vitest'
import { distance } from '#shared/text/align.ts'
import { cosine, embed, squaredLength } from './embedding.ts'
import { textMethods, type TextMethod } from './methods.ts'
import { chiSquared975, gleu } from './rasa.ts'
import { simulateTexts } from './simulateTexts.ts'
import type { WrittenAnswer } from './texts.ts'

const methods = Object.entries(textMethods) as [TextMethod, (typeof textMethods)[TextMethod]][]

/** Word error rate of the results against what was said. */
function errorRate(results: ReadonlyMap<string, { readonly text: string }>, truth: ReadonlyMap<string, string>): number {
  let [errors, words] = [0, 0]
  for (const [task, text] of truth) {
    errors += distance(text.split(' '), results.get(task)!.text.split(' ').filter(Boolean))
    words += text.split(' ').length
  }
  return errors / words
}

const badInput: Record<string, { answers: readonly (readonly [task: string, worker: string, text: string])[]; texts: Record<string, string> }> = {
  'none': { answers: [], texts: {} },
  'one worker': { answers: [['1', 'w', 'a b'], ['2', 'w', 'c']], texts: { 1: 'a b', 2: 'c' } },
  'all identical': { answers: [['1', 'v', 'a b.'], ['1', 'w', 'a b.']], texts: { 1: 'a b.' } },
  'all empty': { answers: [['1', 'v', ''], ['1', 'w', ''], ['2', 'w', '']], texts: { 1: '', 2: '' } },
  'one empty of three': { answers: [['1', 'u', ''], ['1', 'v', 'hello you'], ['1', 'w', 'hello you']], texts: { 1: 'hello you' } },
  'a spammer who writes the same everywhere': { answers: ['1', '2', '3'].flatMap((task) => [[task, 'u', `text number ${task}`], [task, 'v', `text number ${task}`], [task, 's', 'asdf asdf']] as const), texts: { 1: 'text number 1', 2: 'text number 2', 3: 'text number 3' } },
}

describe.each(methods)('%s', (_, method) => {
  test.each(Object.entries(badInput))('answers: %s', (__, { answers, texts }) => {
    const { results, skill } = method(answers.map(([task, worker, text]) => ({ task, worker, text })))
    expect(Object.fromEntries([...results].map(([task, { text }]) => [task, text]))).toEqual(texts)
    for (const { confidence } of results.values()) expect(confidence >= 0 && confidence <= 1 + 1e-12).toBe(true)
    for (const value of skill.values()) expect(Number.isFinite(value) && value > 0).toBe(true)
  })

  test('it is nearer to the truth than the answers are, whatever their order; the good worker has the best skill', () => {
    const { answers, truth } = simulateTexts([0.02, 0.15, 0.2, 0.3, 0.3], 60, 5, 4)
    const found = method(answers)
    const single = errorRate(new Map(answers.filter(({ worker }) => worker === 'w1').map((answer) => [answer.task, answer])), truth)
    expect(errorRate(found.results, truth)).toBeLessThan(single / 2)
    expect([...found.skill].sort((a, b) => b[1] - a[1])[0]![0]).toBe('w0')
    expect(method(answers.toReversed()).results).toEqual(found.results)
  })

  test('a known text stands, and lowers the skill of those who wrote another', () => {
    const answers: WrittenAnswer[] = ['1', '2'].flatMap((task) => [{ task, worker: 'u', text: 'one two' }, { task, worker: 'v', text: 'one two' }, { task, worker: 'w', text: 'six seven' }])
    const { results, skill } = method(answers, { gold: new Map([['1', 'six seven'], ['2', 'six seven']]) })
    expect(results.get('1')).toMatchObject({ text: 'six seven', confidence: 1 })
    expect(skill.get('w')!).toBeGreaterThan(skill.get('u')!)
  })
})

test('ROVER, which combines, beats RASA and HRRASA, which choose, on 300 simulated sentences', () => {
  const { answers, truth } = simulateTexts([0.1, 0.15, 0.2, 0.25, 0.3, 0.35], 300, 5, 11)
  const rate = (name: TextMethod) => errorRate(textMethods[name](answers).results, truth)
  expect(rate('rover')).toBeLessThan(0.04)
  for (const name of ['rasa', 'hrrasa'] as const) expect(rate('rover')).toBeLessThan(rate(name))
})

test('vectors have length 1, likeness is 1 with itself and more with a slip than with another text', () => {
  const [a, b, c, empty] = embed(['the quick fox', 'the quikc fox', 'a slow snail', ''])
  expect(squaredLength(a!)).toBeCloseTo(1, 12)
  expect(cosine(a!, a!)).toBeCloseTo(1, 12)
  expect(cosine(a!, b!)).toBeGreaterThan(cosine(a!, c!))
  expect([cosine(a!, empty!), cosine(empty!, empty!)]).toEqual([0, 1])
})

test('GLEU and the quantiles of χ² (tables: 7.378, 12.833, 20.483, 129.561)', () => {
  expect(gleu(['a', 'b'], ['a', 'b'])).toBe(1)
  expect(gleu(['a', 'b'], ['a', 'c'])).toBeCloseTo(1 / 3, 12)
  expect([gleu([], []), gleu([], ['a'])]).toEqual([1, 0])
  for (const [freedom, quantile] of [[2, 7.378], [5, 12.833], [10, 20.483], [100, 129.561]] as const) expect(Math.abs(chiSquared975(freedom) / quantile - 1)).toBeLessThan(0.006)
})
