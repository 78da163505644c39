import { compareNames } from '#shared/consensus/classes/votes.ts'
import { cosine, embed, squaredDistance, weightedMean, type Embedding } from '#shared/consensus/text/embedding.ts'
import { byTask, type TextEstimate, type TextOptions, type WrittenAnswer } from '#shared/consensus/text/texts.ts'
import { splitWords } from '#shared/text/tokens.ts'

/** An answer with its vector and γ, how far the other answers of its task support it (1 in RASA). */
interface Placed { readonly answer: WrittenAnswer; readonly vector: Embedding; readonly local: number }

/**
 * RASA: Li & Fukumoto, "A Dataset of Crowdsourced Word Sequences", AnnoNLP 2019, as crowd-kit documents it: the weighted
 * mean ê of a task's vectors and each worker's reliability β = χ²(0.975; number of answers) / Σ‖e − ê‖² in turn, until ê moves
 * by less than 10⁻⁹ of its length (100 rounds at most); the answer nearest to ê (by cosine) is the result. It picks one of the
 * answers and never combines. Vectors: `embed`. The quantile is Wilson & Hilferty's (1931) approximation, within 2 % (0.6 % from two answers on).
 */
export const rasaTexts = (answers: readonly WrittenAnswer[], options: TextOptions = {}): TextEstimate => estimate(answers, options, () => 1)

/**
 * HRRASA: Li, "Crowdsourced Text Sequence Aggregation based on Hybrid Reliability and Representation", SIGIR 2020, as
 * crowd-kit documents it: as RASA, and each answer has a local reliability γ = ½ · mean of exp(−‖e − e′‖² / (‖e‖²‖e′‖²)) + ½ ·
 * mean of GLEU (Wu et al. 2016) over the other answers e′ of the task; weights are β·γ, and a distance counts ‖e − ê‖² / γ. The only answer to a task is its result.
 */
export const hrrasaTexts = (answers: readonly WrittenAnswer[], options: TextOptions = {}): TextEstimate => estimate(answers, options, localReliability)

type Local = (own: number, answers: readonly WrittenAnswer[], vectors: readonly Embedding[]) => number

function estimate(answers: readonly WrittenAnswer[], { gold }: TextOptions, local: Local): TextEstimate {
  const tasks = place(answers, gold, local)
  const counts = new Map<string, number>()
  for (const { answer: { worker } } of [...tasks.values()].flatMap(({ placed }) => placed)) counts.set(worker, (counts.get(worker) ?? 0) + 1)
  let skill = new Map([...counts.keys()].sort(compareNames).map((worker) => [worker, 1]))
  let means = new Map<string, Embedding>()
  let [iterations, converged] = [0, false]
  while (iterations < 100 && !converged) {
    iterations++
    const next = new Map([...tasks].map(([task, { placed, certain }]) => [task, certain ?? weightedMean(placed.map(({ vector }) => vector), weightsOf(placed, skill))]))
    const moved = [...next].reduce((sum, [task, mean]) => sum + (means.has(task) ? squaredDistance(mean, means.get(task)!) : 1), 0)
    converged = moved <= 1e-9 * Math.max(1, next.size)
    means = next
    skill = reliabilities(tasks, means, counts)
  }
  const results = new Map([...tasks].map(([task, { placed }]) => {
    const known = gold?.get(task)
    return [task, known === undefined ? nearest(placed, means.get(task)!, skill) : { text: known, confidence: 1 }]
  }))
  return { results, skill, iterations, converged }
}

interface PlacedTask { readonly placed: readonly Placed[]; readonly certain: Embedding | null }

function place(answers: readonly WrittenAnswer[], gold: TextOptions['gold'], local: Local): Map<string, PlacedTask> {
  const tasks = [...byTask(answers)]
  const known = tasks.map(([task]) => gold?.get(task) ?? null)
  const vectors = embed([...tasks.flatMap(([, all]) => all.map(({ text }) => text)), ...known.filter((text) => text !== null)])
  let [next, nextKnown] = [0, tasks.reduce((sum, [, all]) => sum + all.length, 0)]
  return new Map(tasks.map(([task, all], index) => {
    const own = vectors.slice(next, next += all.length)
    const certain = known[index] === null ? null : vectors[nextKnown++]!
    return [task, { placed: all.map((answer, at) => ({ answer, vector: own[at]!, local: local(at, all, own) })), certain }]
  }))
}

const weightsOf = (placed: readonly Placed[], skill: ReadonlyMap<string, number>) => placed.map(({ answer, local }) => skill.get(answer.worker)! * local)

function reliabilities(tasks: ReadonlyMap<string, PlacedTask>, means: ReadonlyMap<string, Embedding>, counts: ReadonlyMap<string, number>): Map<string, number> {
  const distances = new Map<string, number>()
  for (const [task, { placed }] of tasks) {
    for (const { answer: { worker }, vector, local } of placed) {
      distances.set(worker, (distances.get(worker) ?? 0) + squaredDistance(vector, means.get(task)!) / Math.max(1e-9, local))
    }
  }
  return new Map([...counts].sort(([a], [b]) => compareNames(a, b)).map(([worker, count]) => [worker, chiSquared975(count) / Math.max(1e-5, distances.get(worker)!)]))
}

/** Ties go to the heavier weight, then to the first text by code unit. Confidence: the share of the weight that stands behind this very text. */
function nearest(placed: readonly Placed[], mean: Embedding, skill: ReadonlyMap<string, number>) {
  const weights = weightsOf(placed, skill)
  const near = placed.map(({ vector }) => cosine(vector, mean))
  const [best] = [...placed.keys()].sort((a, b) => (Math.abs(near[b]! - near[a]!) > 1e-12 ? near[b]! - near[a]! : weights[b]! - weights[a]! || compareNames(placed[a]!.answer.text, placed[b]!.answer.text)))
  const { text } = placed[best!]!.answer
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const behind = weights.reduce((sum, weight, at) => sum + (placed[at]!.answer.text === text ? weight : 0), 0)
  return { text, confidence: total > 0 ? behind / total : 1 / placed.length }
}

function localReliability(own: number, answers: readonly WrittenAnswer[], vectors: readonly Embedding[]): number {
  if (answers.length === 1) return 1
  let sum = 0
  for (let other = 0; other < answers.length; other++) {
    if (other === own) continue
    const bothWritten = vectors[own]!.at.length > 0 && vectors[other]!.at.length > 0
    const close = bothWritten ? Math.exp(-squaredDistance(vectors[own]!, vectors[other]!)) : cosine(vectors[own]!, vectors[other]!)
    sum += 0.5 * close + 0.5 * gleu(splitWords(answers[own]!.text), splitWords(answers[other]!.text))
  }
  return sum / (answers.length - 1)
}

/** GLEU of two sentences: shared runs of 1 to 4 words over the longer's number of runs; 1 for two empty ones. Symmetric, 0 … 1. */
export function gleu(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 && b.length === 0) return 1
  const [left, right] = [runs(a), runs(b)]
  let shared = 0
  for (const [run, count] of left) shared += Math.min(count, right.get(run) ?? 0)
  const size = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)
  return shared / Math.max(size(left), size(right))
}

function runs(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (let length = 1; length <= 4; length++) {
    for (let from = 0; from + length <= words.length; from++) {
      const run = words.slice(from, from + length).join(' ')
      counts.set(run, (counts.get(run) ?? 0) + 1)
    }
  }
  return counts
}

/** The 97.5 % quantile of χ² (Wilson & Hilferty 1931). */
export function chiSquared975(freedom: number): number {
  const ninth = 2 / (9 * freedom)
  return freedom * (1 - ninth + 1.959963984540054 * Math.sqrt(ninth)) ** 3
}
