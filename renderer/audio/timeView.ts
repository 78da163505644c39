/** Which stretch of a sound is in sight: frames from `start`, `perPixel` of them a CSS pixel. */
export interface TimeView {
  readonly start: number
  readonly perPixel: number
  /** CSS pixels. */
  readonly width: number
  /** Frames of the whole sound. */
  readonly frames: number
}

/** The closest zoom: 16 pixels a sample. */
const closest = 1 / 16

export const xOf = (view: TimeView, frame: number): number => (frame - view.start) / view.perPixel
export const frameAt = (view: TimeView, x: number): number => Math.max(0, Math.min(view.frames, Math.round(view.start + x * view.perPixel)))
export const endOf = (view: TimeView): number => view.start + view.width * view.perPixel

/** Keeps the view within the sound. */
export function settled(view: TimeView): TimeView {
  const widest = Math.max(closest, view.frames / Math.max(1, view.width))
  const perPixel = Math.max(Math.min(closest, widest), Math.min(widest, view.perPixel))
  const start = Math.max(0, Math.min(view.frames - view.width * perPixel, view.start))
  return { ...view, perPixel, start }
}

export const whole = (frames: number, width: number): TimeView => settled({ start: 0, perPixel: frames / Math.max(1, width), width, frames })
/** The view after its element changed its width: the left edge stays. A view of all stays one of all. */
export function resized(view: TimeView, width: number): TimeView {
  const showedAll = view.perPixel >= view.frames / Math.max(1, view.width) - 1e-9
  return showedAll ? whole(view.frames, width) : settled({ ...view, width })
}
/** By a factor (2: twice as close) around the frame under `x`. */
export function zoomed(view: TimeView, factor: number, x: number): TimeView {
  const perPixel = settled({ ...view, perPixel: view.perPixel / factor }).perPixel
  return settled({ ...view, perPixel, start: view.start + x * (view.perPixel - perPixel) })
}
export const scrolled = (view: TimeView, pixels: number): TimeView => settled({ ...view, start: view.start + pixels * view.perPixel })

/** Fills the view with a stretch, with a tenth of room on both sides. */
export function showing(view: TimeView, from: number, to: number): TimeView {
  const length = Math.max(1, to - from)
  return settled({ ...view, perPixel: (length * 1.2) / view.width, start: from - length * 0.1 })
}

/** Turns the page when the frame leaves the view, as a score is read; otherwise leaves the view alone. */
export function following(view: TimeView, frame: number): TimeView {
  if (frame >= view.start && frame < view.start + view.width * view.perPixel * 0.95) return view
  return settled({ ...view, start: frame - view.width * view.perPixel * 0.05 })
}

/** Scrolls as little as brings the stretch into sight; its beginning counts more than its end. */
export function revealing(view: TimeView, from: number, to: number): TimeView {
  const span = view.width * view.perPixel
  if (from >= view.start && to <= view.start + span) return view
  if (to - from > span || from < view.start) return settled({ ...view, start: from - span * 0.05 })
  return settled({ ...view, start: to - span * 0.95 })
}
