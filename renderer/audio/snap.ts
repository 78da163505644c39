import { firstWhere } from './segments.ts'

/** Frames that an end likes to lie on, sorted. */
export interface SnapPoints { readonly silences: readonly number[]; readonly boundaries: readonly number[]; readonly playhead: number | null }

/** The closest point within `reach` frames, or the frame itself. Boundaries and the playhead win over silences that are as close. */
export function snapped(frame: number, points: SnapPoints, reach: number): number {
  const candidates = [points.playhead, nearest(points.boundaries, frame), nearest(points.silences, frame)]
  let best = frame
  let least = reach
  candidates.forEach((candidate, rank) => {
    if (candidate === null) return
    const distance = Math.abs(candidate - frame) + rank * 1e-6
    if (distance <= least) {
      least = distance
      best = candidate
    }
  })
  return best
}

export function nearest(sorted: readonly number[], frame: number): number | null {
  const at = firstWhere(sorted.length, (index) => sorted[index]! >= frame)
  const [before, behind] = [sorted[at - 1], sorted[at]]
  if (before === undefined) return behind ?? null
  return behind !== undefined && behind - frame < frame - before ? behind : before
}

/** Silences shorter than this, in seconds, lie between sounds of one word. */
const shortestSilence = 0.08
/** A bucket is silent this far below the loud ones (the 90th percentile of RMS) … */
const belowLoud = 10 ** (-26 / 20)
/** … or below -60 dB of full scale. */
const silentAlways = 32.8

/**
 * Where silences begin and end, from the RMS of buckets (0 to 32,767), in frames.
 * The threshold follows the loudness of the stretch, as in Rabiner and Sambur's endpoint detection (1975), from energy alone.
 */
export function silenceEdges(rms: ArrayLike<number>, framesPerBucket: number, rate: number, from: number): number[] {
  const sorted = Float64Array.from(rms).sort()
  const threshold = Math.max(silentAlways, (sorted[Math.floor(sorted.length * 0.9)] ?? 0) * belowLoud)
  const least = Math.max(1, Math.round((shortestSilence * rate) / framesPerBucket))
  const edges: number[] = []
  for (let bucket = 0; bucket < rms.length;) {
    if (rms[bucket]! >= threshold) {
      bucket++
      continue
    }
    let end = bucket
    while (end < rms.length && rms[end]! < threshold) end++
    if (end - bucket >= least) edges.push(from + bucket * framesPerBucket, from + end * framesPerBucket)
    bucket = end
  }
  return edges
}
