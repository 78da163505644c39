import { bootstrapInterval, type BootstrapOptions, type Estimator, type Interval } from './bootstrap.ts'

/**
 * A number with its interval, or the reason why there is none. `n` is what it was taken over: things for alpha, marks times the other
 * people for F1, pairs of marks for IoU and boundary F, tokens of both texts for the error rates. `items` is how many items had such
 * (of a label: the items in which it was used); of one item alone nobody can tell how much the next would differ, so there is no interval.
 */
export type Figure = { readonly n: number; readonly items: number; readonly interval: Interval | null } & (
  | { readonly value: number; readonly reason: null } | { readonly value: null; readonly reason: string })

/** Without options there is no interval. */
export function figureOf(estimator: Estimator, taken: { readonly n: number; readonly items: number }, reason: string, options: BootstrapOptions | null): Figure {
  const value = estimator.estimate(estimator.times)
  if (value === null) return { ...taken, value, reason, interval: null }
  return { ...taken, value, reason: null, interval: options && taken.items > 1 ? bootstrapInterval(estimator, value, options) : null }
}
