/** 97.5 % of the standard normal distribution. */
const z95 = 1.959963984540054

/** A share `count / n` with its 95 % interval, 0 … 1; nothing is known with n = 0. */
export interface Share { readonly n: number; readonly count: number; readonly value: number | null; readonly low: number | null; readonly high: number | null }

/**
 * The score interval of a share (Wilson 1927, "Probable inference, the law of succession, and statistical inference", equation 7 of
 * Brown, Cai & DasGupta 2001 with z for 95 % unless told): never outside 0 … 1, and wide where n is small, as at 0 of 3.
 */
export function wilson(count: number, n: number, z = z95): Share {
  if (n === 0) return { n, count, value: null, low: null, high: null }
  const p = count / n
  const square = (z * z) / n
  const centre = (p + square / 2) / (1 + square)
  const half = (z / (1 + square)) * Math.sqrt((p * (1 - p)) / n + square / (4 * n))
  return { n, count, value: p, low: count === 0 ? 0 : Math.max(0, centre - half), high: count === n ? 1 : Math.min(1, centre + half) }
}
