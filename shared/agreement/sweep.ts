import type { BootstrapOptions, Estimator, Interval } from './bootstrap.ts'
import { figureOf, type Figure } from './figure.ts'
import { tableOf, type ItemComparison } from './itemTable.ts'
import { localisedAlpha, ratioOfSums } from './localised.ts'
import { sumsOf, type ItemSums } from './sums.ts'

/** 0.1, 0.15, … 0.95. */
export const sweepThresholds: readonly number[] = Array.from({ length: 18 }, (_, at) => (10 + 5 * at) / 100)

/** What one item adds at each of `sweepThresholds`; between thresholds at which nothing changes it is the same object. Null where nobody or one person alone did the item. */
export type ItemSweep = readonly ItemSums[] | null

/** One changed item is one call. */
export function sweepItem(comparison: ItemComparison): ItemSweep {
  if (comparison.people.length < 2) return null
  let near = -1, sums: ItemSums | null = null
  return sweepThresholds.map((threshold) => {
    const left = comparison.compared.pairs.filter(({ place }) => place >= threshold).length
    if (sums === null || left !== near) sums = sumsOf(tableOf(comparison, threshold, { boundaryTolerance: null, texts: false }))
    near = left
    return sums
  })
}

/** The figures at one threshold; null where there is nothing to measure. */
export interface SweepPoint {
  readonly threshold: number
  readonly things: number
  readonly alpha: number | null
  readonly f1: number | null
  readonly iou: number | null
  readonly intervals: { readonly alpha: Interval | null; readonly f1: Interval | null; readonly iou: Interval | null }
}

/** The figures of all items at each of `sweepThresholds`: one threshold hides how much they depend on it. */
export function sweep(items: readonly ItemSweep[], options: BootstrapOptions | null = {}): SweepPoint[] {
  const shared = items.filter((item) => item !== null)
  const usual = options && { replicates: 200, ...options }
  return sweepThresholds.map((threshold, at) => {
    const sums = shared.map((item) => item[at]!)
    const figure = (estimator: Estimator, counts: readonly number[]) => figureOf(estimator, { n: 0, items: counts.filter((count) => count > 0).length }, '', usual)
    const alpha = figure(localisedAlpha(sums.map((item) => item.alpha)), sums.map((item) => item.alpha.things))
    const ratio = (parts: readonly (readonly [number, number])[]): Figure => figure(ratioOfSums(parts), parts.map(([, under]) => under))
    const f1 = ratio(sums.map((item) => item.f1)), iou = ratio(sums.map((item) => item.iou))
    return {
      threshold, things: sums.reduce((sum, { things }) => sum + things, 0), alpha: alpha.value, f1: f1.value, iou: iou.value,
      intervals: { alpha: alpha.interval, f1: f1.interval, iou: iou.interval },
    }
  })
}
