/** Quieter than this (of full scale) a window holds nothing to write down: -80 dB. */
const silentBelow = 1e-4
/** A window is cut where it is quietest within its last seconds, over frames of 0.2 s, so that no word is cut in two. */
const searchSeconds = 5
const frameSeconds = 0.2

export const isSilent = (samples: Float32Array): boolean => !samples.some((value) => Math.abs(value) >= silentBelow)

/** Where to end a window of at most `most` samples that begins at `from`: the end of the sound, or the middle of the quietest frame near the window's end. */
export function quietEnd(samples: Float32Array, from: number, most: number, sampleRate: number): number {
  if (samples.length - from <= most) return samples.length
  const frame = Math.max(1, Math.round(frameSeconds * sampleRate))
  const earliest = from + Math.max(frame, most - searchSeconds * sampleRate)
  let best = from + most, least = Infinity
  for (let at = earliest; at + frame <= from + most; at += frame >> 1 || 1) {
    let sum = 0
    for (let n = at; n < at + frame; n++) sum += samples[n]! ** 2
    if (sum <= least) [best, least] = [at + (frame >> 1), sum]
  }
  return best
}

/** The samples from the first to the last that is not silent, as [from, to). */
export function soundWithin(samples: Float32Array): readonly [number, number] {
  let from = 0, to = samples.length
  while (from < to && Math.abs(samples[from]!) < silentBelow) from++
  while (to > from && Math.abs(samples[to - 1]!) < silentBelow) to--
  return [from, to]
}
