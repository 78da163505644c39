import type { Segment } from '#shared/model/geometry.ts'
import { median, normalMad, sharesOf, trust, weightedMedian } from './robust.ts'
import type { Drawn } from './estimatePoints.ts'

export interface EndsEstimate {
  readonly geometry: Segment
  /** One standard deviation of each boundary, in seconds. */
  readonly start: number
  readonly end: number
  readonly weights: number[]
}

/**
 * A stretch of time that several people marked: each boundary a robust mean in seconds, in ticks of the finest rate and the tier of most (by weight).
 * Both boundaries share one noise, the median's of all; a boundary far off counts less where there are three people or more.
 */
export function estimateEnds(all: readonly Drawn<Segment>[]): EndsEstimate {
  const given = sharesOf(all.map(({ person, weight = 1 }) => weight / all.filter((other) => other.person === person).length))
  const rate = Math.max(...all.map(({ geometry }) => geometry.rate))
  const starts = all.map(({ geometry }) => geometry.start / geometry.rate), ends = all.map(({ geometry }) => geometry.end / geometry.rate)
  const away = [starts, ends].flatMap((values) => values.map((value) => Math.abs(value - weightedMedian(values.map((own, at) => ({ value: own, weight: given[at]! }))))))
  const variance = (normalMad * median(away)) ** 2 * (all.length / Math.max(1, all.length - 1))
  const start = middle(starts, given, variance), end = middle(ends, given, variance)
  const share = new Map<Segment['tier'], number>()
  all.forEach(({ geometry: { tier } }, at) => share.set(tier, (share.get(tier) ?? 0) + given[at]!))
  const tier = [...share].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0]
  const from = Math.round(start.value * rate)
  return {
    geometry: { kind: 'segment', tier, start: from, end: Math.max(from, Math.round(end.value * rate)), rate },
    start: start.deviation, end: end.deviation, weights: sharesOf(start.weights.map((weight, at) => weight + end.weights[at]!)),
  }
}

function middle(values: readonly number[], given: readonly number[], variance: number): { value: number; deviation: number; weights: number[] } {
  let weights = [...given]
  let value = weightedMedian(values.map((own, at) => ({ value: own, weight: given[at]! })))
  for (let round = 0; round < 20; round++) {
    weights = sharesOf(values.map((own, at) => given[at]! * (variance > 0 && values.length > 2 ? trust((own - value) ** 2 / variance) : 1)))
    if (variance > 0) value = values.reduce((sum, own, at) => sum + weights[at]! * own, 0)
  }
  return { value, deviation: Math.sqrt(variance * weights.reduce((sum, weight) => sum + weight ** 2, 0)), weights }
}
