/** Seconds a frame. */
export const frameSeconds = 0.01
const lowestDb = -100

/** The level of each frame of 10 ms in dB of full scale, −100 … 0; samples that are not numbers count as 0. `seconds`: what a frame lasts, in whole samples. */
export function levelsOf(samples: Float32Array, sampleRate: number): { readonly levels: Float32Array; readonly seconds: number } {
  const frame = Math.max(1, Math.round(sampleRate * frameSeconds))
  const levels = Float32Array.from({ length: Math.ceil(samples.length / frame) }, (_, index) => {
    let sum = 0
    const end = Math.min(samples.length, (index + 1) * frame)
    for (let n = index * frame; n < end; n++) sum += samples[n]! ** 2 || 0
    return Math.max(lowestDb, Math.min(0, 10 * Math.log10(sum / (end - index * frame) + 1e-12)))
  })
  return { levels, seconds: frame / sampleRate }
}

/** The value below which so great a share of the values lies; NaN of none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}
