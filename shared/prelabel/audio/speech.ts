/** How probabilities become stretches; the names are those of Silero's get_speech_timestamps. */
export interface SpeechOptions {
  /** Speech begins at this probability … */
  readonly threshold: number
  /** … and ends below this one; threshold − 0.15, at least 0.01, where absent. */
  readonly negativeThreshold?: number | undefined
  /** Shorter speech is left out; 250 ms where absent. */
  readonly minSpeechMs?: number | undefined
  /** Shorter silence does not end speech; 100 ms where absent. */
  readonly minSilenceMs?: number | undefined
  /** What is put on at both ends; 30 ms where absent. */
  readonly speechPadMs?: number | undefined
}

/** Seconds from the beginning; the score is the mean probability of its windows, without the padding. */
export interface SpeechStretch { readonly start: number; readonly end: number; readonly score: number }

/**
 * Speech from the probabilities of windows of `windowSeconds` each, in a sound of `duration` seconds: hysteresis, then short
 * pieces out, then padding; where two pieces stand closer than twice the padding, what lies between is halved.
 */
export function speechStretches(probabilities: ArrayLike<number>, windowSeconds: number, duration: number, options: SpeechOptions): SpeechStretch[] {
  const { threshold, minSpeechMs = 250, minSilenceMs = 100, speechPadMs = 30 } = options
  const negative = options.negativeThreshold ?? Math.max(threshold - 0.15, 0.01)
  const pieces = hysteresis(probabilities, threshold, negative, minSilenceMs / 1000 / windowSeconds)
    .map(({ first, last }) => ({ start: first * windowSeconds, end: Math.min(duration, last * windowSeconds), score: meanOf(probabilities, first, last) }))
    .filter(({ start, end }) => end - start > minSpeechMs / 1000)
  return padded(pieces, speechPadMs / 1000, duration)
}

/** Runs of windows, `last` outside. A run lasts until probabilities stay below the lower threshold for `silence` windows. */
function hysteresis(probabilities: ArrayLike<number>, threshold: number, negative: number, silence: number): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = []
  let first = -1, quietFrom = -1
  for (let index = 0; index < probabilities.length; index++) {
    const probability = probabilities[index]!
    if (probability >= threshold) {
      quietFrom = -1
      if (first < 0) first = index
    } else if (probability < negative && first >= 0) {
      if (quietFrom < 0) quietFrom = index
      if (index - quietFrom >= silence) {
        runs.push({ first, last: quietFrom })
        first = quietFrom = -1
      }
    }
  }
  if (first >= 0) runs.push({ first, last: probabilities.length })
  return runs
}

function padded(pieces: readonly SpeechStretch[], pad: number, duration: number): SpeechStretch[] {
  return pieces.map(({ start, end, score }, index) => {
    const before = index === 0 ? start : (start - pieces[index - 1]!.end) / 2
    const after = index === pieces.length - 1 ? duration - end : (pieces[index + 1]!.start - end) / 2
    return { start: Math.max(0, start - Math.min(pad, before)), end: Math.min(duration, end + Math.min(pad, after)), score }
  })
}

function meanOf(values: ArrayLike<number>, first: number, last: number): number {
  let sum = 0
  for (let index = first; index < last; index++) sum += values[index]!
  return Math.max(0, Math.min(1, sum / Math.max(1, last - first)))
}
