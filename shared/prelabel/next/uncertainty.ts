import { iou } from '#shared/geometry/iou.ts'
import type { Candidate, Guess } from './signals.ts'

/** How unsure a guess is, 0 (sure) to 1. */
export type Measure = (guess: Guess) => number

/** 1 − the lead of the best class over the second (Scheffer et al. 2001); without a distribution, how near the score is to even odds. */
export const byMargin: Measure = ({ margin, score }) => 1 - (margin ?? Math.abs(2 * score - 1))

/** The entropy of the classes over the most it can be for two of them, at most 1 (Settles 2009, §3.1); without a distribution, that of the score. */
export const byEntropy: Measure = ({ entropy, score }) => Math.min(1, (entropy ?? binaryEntropy(score)) / Math.LN2)

/** 1 − the score (Lewis & Gale 1994). */
export const byLeastConfidence: Measure = ({ score }) => 1 - score

function binaryEntropy(p: number): number {
  const part = (x: number) => (x > 0 ? -x * Math.log(x) : 0)
  return part(p) + part(1 - p)
}

/**
 * How unsure an item is, 0 … 1: the mean over its most unsure guesses, at most five, so that a crowded picture is not unsure for being
 * crowded (the maximum would chase single noisy boxes; Brust et al. 2019 compare sum, mean and maximum). An item of which the model says nothing
 * is `nothing`: it may be empty or quite unlike what the model knows.
 */
export function uncertaintyOf({ guesses }: Candidate, measure: Measure = byMargin, nothing = 0.5): number {
  return guesses.length === 0 ? nothing : remembered(guesses, measure, () => meanOfWorst(guesses, measure))
}

function meanOfWorst(guesses: readonly Guess[], measure: Measure): number {
  const worst = guesses.map(measure).sort((a, b) => b - a).slice(0, 5)
  return worst.reduce((sum, each) => sum + each, 0) / worst.length
}

/**
 * How far the models disagree on an item, 0 … 1: one minus the mean F1 of every two models' guesses, matched from the best IoU on
 * (from `gate` up) where their labels are equal. 0 with fewer than two models, and where none says anything (query by committee, Seung et al. 1992).
 */
export function disagreementOf({ guesses }: Candidate, models: readonly string[], gate = 0.5): number {
  return models.length < 2 || guesses.length === 0 ? 0 : remembered(guesses, `${gate} ${models.join('\n')}`, () => oneMinusF1(guesses, models, gate))
}

function oneMinusF1(guesses: readonly Guess[], models: readonly string[], gate: number): number {
  let sum = 0, pairs = 0
  models.forEach((first, at) => {
    for (const second of models.slice(at + 1)) {
      const a = guesses.filter(({ model }) => model === first), b = guesses.filter(({ model }) => model === second)
      pairs++
      sum += a.length + b.length === 0 ? 1 : (2 * matched(a, b, gate)) / (a.length + b.length)
    }
  })
  return 1 - sum / pairs
}

/** Guesses do not change, and the queue asks for the same ones again and again. */
const known = new WeakMap<readonly Guess[], Map<unknown, number>>()

function remembered(guesses: readonly Guess[], what: unknown, work: () => number): number {
  const values = known.get(guesses) ?? new Map<unknown, number>()
  known.set(guesses, values)
  const value = values.get(what) ?? work()
  values.set(what, value)
  return value
}

function matched(a: readonly Guess[], b: readonly Guess[], gate: number): number {
  const pairs = a.flatMap((left, i) => b.flatMap((right, j) => {
    if (left.label !== right.label) return []
    const alike = left.geometry.kind === 'item' && right.geometry.kind === 'item' ? 1 : iou(left.geometry, right.geometry)
    return alike !== null && alike >= gate ? [{ i, j, alike }] : []
  })).sort((x, y) => y.alike - x.alike)
  const [left, right] = [new Set<number>(), new Set<number>()]
  for (const { i, j } of pairs) {
    if (left.has(i) || right.has(j)) continue
    left.add(i)
    right.add(j)
  }
  return left.size
}
