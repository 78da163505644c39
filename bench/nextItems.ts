import { randomFrom } from '#shared/agreement/random.ts'
import type { AssetId, LabelId } from '#shared/model/id.ts'
import type { Mix } from '#shared/model/itemOrder.ts'
import { orderOf } from '#shared/prelabel/next/order.ts'
import type { Candidate } from '#shared/prelabel/next/signals.ts'
import { median, row, type BenchRow } from './row.ts'

const seeds = [1, 2, 3, 4, 5]
const [items, classes, features, step] = [700, 6, 8, 20]
const wantedRecall = 0.8
/** A run that has not come there by then counts as this many. */
const mostLabels = 500

interface Item { readonly vector: Float32Array; readonly label: number }

/**
 * Labels needed until a classifier that learns from them finds the share `wantedRecall` of each class (mean over classes, on items it never
 * saw), when what to label next is chosen by an order of ours, against choosing at random. A simulated labelled set: six classes, the
 * rarest 17 times rarer than the most frequent, that overlap; the classifier is softmax regression, learned anew after every 20 labels.
 */
export default async function nextItems(): Promise<BenchRow[]> {
  const mixes: Readonly<Record<string, Mix>> = { 'uncertain': { uncertain: 1 }, 'uncertain 2 : diverse 1 : random 1': { uncertain: 2, diverse: 1, random: 1 }, 'rare 1 : uncertain 1': { rare: 1, uncertain: 1 } }
  const random = seeds.map((seed) => labelsNeeded(seed, { random: 1 }))
  return Object.entries(mixes).map(([name, mix]) => row(`labels until ${wantedRecall} mean recall, ${name}, against random`, median(seeds.map((seed) => labelsNeeded(seed, mix))), median(random), 'labels', seeds.length))
}

function labelsNeeded(seed: number, mix: Mix): number {
  const random = randomFrom(seed)
  const draw = crowd(random)
  const pool = Array.from({ length: items }, draw), unseen = Array.from({ length: 600 }, draw)
  const labelled: number[] = orderOf(pool.map((_, at) => candidateOf(at, pool, null)), { mix: { random: 1 }, seed, limit: step }).map(({ asset }) => Number(asset))
  while (labelled.length < mostLabels) {
    const model = learn(labelled.map((at) => pool[at]!))
    if (meanRecall(model, unseen) >= wantedRecall) return labelled.length
    const done = new Set(labelled)
    const counts = new Map<LabelId | null, number>()
    for (const at of labelled) counts.set(String(pool[at]!.label) as LabelId, (counts.get(String(pool[at]!.label) as LabelId) ?? 0) + 1)
    const open = pool.flatMap((_, at) => (done.has(at) ? [] : [candidateOf(at, pool, model)]))
    labelled.push(...orderOf(open, { mix, seed: seed + labelled.length, labelled: labelled.map((at) => pool[at]!.vector), counts, limit: step }).map(({ asset }) => Number(asset)))
  }
  return mostLabels
}

/** Gaussian clusters on the unit sphere, class k as frequent as 1 / (k + 1)^1.6. */
function crowd(random: () => number): () => Item {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const centres = Array.from({ length: classes }, () => Array.from({ length: features }, normal))
  const weights = centres.map((_, k) => 1 / (k + 1) ** 1.6)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return () => {
    let at = random() * total
    const label = Math.max(0, weights.findIndex((weight) => (at -= weight) <= 0))
    const vector = Float32Array.from(centres[label]!, (value) => value + 0.8 * normal())
    const length = Math.hypot(...vector)
    return { vector: vector.map((value) => value / length), label }
  }
}

type Model = readonly Float64Array[]

function candidateOf(at: number, pool: readonly Item[], model: Model | null): Candidate {
  const { vector } = pool[at]!
  if (model === null) return { asset: String(at) as AssetId, guesses: [], vector }
  const shares = sharesOf(model, vector)
  const [best, second] = shares.map((share, label) => ({ share, label })).sort((a, b) => b.share - a.share)
  return { asset: String(at) as AssetId, vector, guesses: [{ model: 'softmax', label: String(best!.label) as LabelId, geometry: { kind: 'item' }, score: best!.share, margin: best!.share - second!.share, entropy: null }] }
}

/** Softmax regression by gradient descent, L2 1e-3; one weight vector a class, the last weight is the constant. */
function learn(known: readonly Item[]): Model {
  const weights = Array.from({ length: classes }, () => new Float64Array(features + 1))
  for (let epoch = 0; epoch < 60; epoch++) {
    const gradient = weights.map(() => new Float64Array(features + 1))
    for (const { vector, label } of known) {
      const shares = sharesOf(weights, vector)
      gradient.forEach((cells, k) => {
        const error = shares[k]! - (k === label ? 1 : 0)
        vector.forEach((value, f) => { cells[f]! += error * value })
        cells[features]! += error
      })
    }
    weights.forEach((cells, k) => cells.forEach((value, f) => { cells[f] = value - 4 * (gradient[k]![f]! / known.length + 1e-3 * value) }))
  }
  return weights
}

function sharesOf(model: Model, vector: Float32Array): number[] {
  const scores = model.map((cells) => vector.reduce((sum, value, f) => sum + value * cells[f]!, cells[features]!))
  const most = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - most))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

function meanRecall(model: Model, unseen: readonly Item[]): number {
  const [right, all] = [new Float64Array(classes), new Float64Array(classes)]
  for (const { vector, label } of unseen) {
    const shares = sharesOf(model, vector)
    all[label]!++
    if (shares.indexOf(Math.max(...shares)) === label) right[label]!++
  }
  return right.reduce((sum, count, k) => sum + (all[k]! > 0 ? count / all[k]! : 1), 0) / classes
}
