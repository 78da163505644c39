import type { AudioSample } from '../sample.ts'
import { levelsOf, quantile } from './levels.ts'
import type { SpeechStretch } from './speech.ts'

/** How far an end may be moved, in seconds: outwards and inwards. */
const reach = { before: { out: 0.25, in: 0.15 }, after: { out: 0.1, in: 0.3 } } as const
/** Speech is what is at least so many decibels above the pause, and this share of the way from the pause up to the speech; a pause counts as at most so far below. */
const leastRise = 6
const share = 0.25
const deepest = 45
/** With less between pause and speech, the sound itself says nothing about where speech ends. */
const leastContrast = 10
/** Seconds of the pause, and of the speech, that are listened to. */
const pauseSeconds = 0.5
const speechSeconds = 1
/** How much later than the sound a detector of windows notices the beginning and the end, in seconds (Silero, median; docs/prelabel.md). */
const lag = { start: 0.03, end: 0.05 } as const

/**
 * Stretches with their ends where the sound rises from the pause and falls back to it. A detector that hears 32 ms at a time, and remembers, says surely
 * that somebody speaks, but the end some windows late. Where noise covers the ends, its usual lag is taken off. Those that then
 * stand closer than `closest` seconds are one.
 */
export function settledEnds(stretches: readonly SpeechStretch[], { samples, sampleRate }: AudioSample, closest: number): SpeechStretch[] {
  const { levels, seconds } = levelsOf(samples, sampleRate)
  const duration = samples.length / sampleRate
  const part = (from: number, to: number) => levels.subarray(Math.max(0, Math.round(from / seconds)), Math.max(0, Math.round(to / seconds)))
  const settled = stretches.map((own, index): SpeechStretch => {
    const before = stretches[index - 1]?.end ?? 0, after = stretches[index + 1]?.start ?? duration
    const middle = (own.start + own.end) / 2
    const rise = bar(part(Math.max(before, own.start - pauseSeconds), own.start), part(own.start, Math.min(own.end, own.start + speechSeconds)))
    const fall = bar(part(own.end, Math.min(after, own.end + pauseSeconds)), part(Math.max(own.start, own.end - speechSeconds), own.end))
    const first = rise === null ? null : firstAbove(levels, rise, Math.max((before + own.start) / 2, own.start - reach.before.out) / seconds, Math.min(middle, own.start + reach.before.in) / seconds)
    const last = fall === null ? null : lastAbove(levels, fall, Math.max(middle, own.end - reach.after.in) / seconds, Math.min((own.end + after) / 2, own.end + reach.after.out) / seconds)
    const start = first === null ? Math.max(before, own.start - lag.start) : first * seconds
    const end = last === null ? (own.end >= duration ? own.end : own.end - lag.end) : Math.min(duration, (last + 1) * seconds)
    return { start: Math.max(0, start), end: Math.max(end, start), score: own.score }
  })
  return joined(settled, closest)
}

/** The level from which it is speech; null where the two are too much alike. */
function bar(pause: Float32Array, speech: Float32Array): number | null {
  if (pause.length < 2 || speech.length < 2) return null
  const loud = quantile(speech, 0.9), quiet = Math.max(quantile(pause, 0.2), loud - deepest)
  const contrast = loud - quiet
  return contrast < leastContrast ? null : quiet + Math.max(leastRise, share * contrast)
}

/** The first of two frames in a row that are that loud: a click is shorter. */
function firstAbove(levels: Float32Array, bar: number, from: number, to: number): number | null {
  for (let frame = Math.max(0, Math.floor(from)); frame < Math.min(levels.length - 1, to); frame++) if (levels[frame]! >= bar && levels[frame + 1]! >= bar) return frame
  return null
}

function lastAbove(levels: Float32Array, bar: number, from: number, to: number): number | null {
  for (let frame = Math.min(levels.length, Math.ceil(to)) - 1; frame > Math.max(0, from); frame--) if (levels[frame]! >= bar && levels[frame - 1]! >= bar) return frame
  return null
}

function joined(stretches: readonly SpeechStretch[], closest: number): SpeechStretch[] {
  const out: SpeechStretch[] = []
  for (const one of stretches) {
    const last = out.at(-1)
    if (!last || one.start - last.end >= closest) { out.push(one); continue }
    const [a, b] = [last.end - last.start, one.end - one.start]
    out[out.length - 1] = { start: last.start, end: Math.max(last.end, one.end), score: a + b > 0 ? (last.score * a + one.score * b) / (a + b) : last.score }
  }
  return out
}
