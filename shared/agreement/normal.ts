/** The standard normal distribution function; absolute error below 1.5e-7 (Abramowitz & Stegun 1964, 7.1.26). */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const tail = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x)
  return z >= 0 ? 1 - tail / 2 : tail / 2
}

/** Its inverse for 0 < p < 1; absolute error below 4.5e-4 (Abramowitz & Stegun 1964, 26.2.23), fine for the ranks of a bootstrap. */
export function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)))
  const z = t - ((0.010328 * t + 0.802853) * t + 2.515517) / (((0.001308 * t + 0.189269) * t + 1.432788) * t + 1)
  return p < 0.5 ? -z : z
}
