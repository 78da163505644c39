import { endOf, xOf, type TimeView } from './timeView.ts'

export interface Mark { readonly x: number; readonly label: string | null }

/** Seconds from one labelled mark to the next, and how many parts the stretch between has. */
const steps: readonly (readonly [seconds: number, parts: number])[] = [
  [0.0001, 5], [0.0002, 4], [0.0005, 5], [0.001, 5], [0.002, 4], [0.005, 5], [0.01, 5], [0.02, 4], [0.05, 5], [0.1, 5], [0.2, 4], [0.5, 5], [1, 5], [2, 4], [5, 5], [10, 5], [15, 3], [30, 3],
  [60, 6], [120, 4], [300, 5], [600, 5], [900, 3], [1800, 6], [3600, 6], [7200, 4], [14_400, 4], [43_200, 6],
]
const leastLabelWidth = 84

/** The marks of the ruler, from left to right. */
export function rulerMarks(view: TimeView, rate: number): Mark[] {
  const secondsPerPixel = view.perPixel / rate
  const [step, parts] = steps.find(([seconds]) => seconds / secondsPerPixel >= leastLabelWidth) ?? steps.at(-1)!
  const digits = step >= 1 ? 0 : Math.ceil(-Math.log10(step) - 1e-9)
  const marks: Mark[] = []
  const small = step / parts
  for (let n = Math.ceil(view.start / rate / small); n * small * rate <= endOf(view); n++) {
    marks.push({ x: xOf(view, n * small * rate), label: n % parts === 0 ? clock(n * small, digits) : null })
  }
  return marks
}

/** 1:02:03.5 — hours only where there are some; `digits` of the second's fraction, cut and not rounded up. */
export function clock(seconds: number, digits: number): string {
  const scale = 10 ** digits
  const ticks = Math.floor(seconds * scale + 1e-6)
  const rest = ticks % (60 * scale)
  const minutes = Math.floor(ticks / (60 * scale))
  const second = `${String(Math.floor(rest / scale)).padStart(2, '0')}${digits > 0 ? `.${String(rest % scale).padStart(digits, '0')}` : ''}`
  const hours = Math.floor(minutes / 60)
  return hours > 0 ? `${hours}:${String(minutes % 60).padStart(2, '0')}:${second}` : `${minutes}:${second}`
}
