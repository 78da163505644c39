import { expect, test } from 'vitest'
import { assetId, box, labelId } from '#shared/testing/records.ts'
import { reasonFor } from './reason.ts'
import type { Candidate, Guess } from './signals.ts'

const guess = (parts: Partial<Guess> = {}): Guess => ({ model: 'm', label: labelId('cup'), geometry: box(0, 0, 9, 9), score: 0.9, margin: null, entropy: null, ...parts })
const context = { nameOf: (label: string) => (label === labelId('spoon') ? 'spoon' : null), counts: new Map([[labelId('cup'), 9]]) }
const why = (strategy: Parameters<typeof reasonFor>[0]['strategy'], value: number, guesses: Guess[] = [], vector: Float32Array | null = null) =>
  reasonFor({ asset: assetId('a'), strategy, value }, { asset: assetId('a'), guesses, vector } satisfies Candidate, context)

test('a reason says what was seen, and where nothing was seen, that', () => {
  expect(why('uncertain', 0.9, [guess(), guess({ margin: 0.1 })])).toBe('the model is unsure: two classes are close')
  expect(why('uncertain', 0.9, [guess({ score: 0.55 })])).toBe('the model is unsure: a score of 0.55')
  expect(why('uncertain', 0.02, [guess({ margin: 0.98 })])).toBe('the model is sure, as of all that is left')
  expect(why('uncertain', 0.5)).toBe('no model says anything about it')
  expect(why('disagreed', 1)).toBe('models differ on it')
  expect(why('disagreed', 0)).toBe('models agree on what is left')
  expect(why('diverse', 0.6, [], Float32Array.of(1))).toBe('unlike what is labelled so far')
  expect(why('diverse', 0.03, [], Float32Array.of(1))).toBe('like what is labelled, as is all that is left')
  expect(why('diverse', 0)).toBe('nothing tells what it is like')
  expect(why('rare', 0.4, [guess(), guess({ label: labelId('spoon'), score: 0.4 })])).toBe('probably a rare label: spoon')
  expect(why('rare', 0.9, [guess({ label: null })])).toBe('probably something rare without a label')
  expect(why('rare', 0)).toBe('no model expects a label in it')
  expect(why('random', 0.1)).toBe('by chance')
})
