import { type Bounds, type ScreenPoint, type Viewport, toImage } from '#shared/geometry/point.ts'

export type Size = { readonly width: number; readonly height: number }

/** CSS pixels per image pixel that a person may reach: a pixel as large as a hand, a huge scan as a stamp. */
const maxScale = 128
const minFraction = 0.1
/** CSS pixels of the picture that always stay in sight, so that nobody pans into nowhere. */
const keptInSight = 48
/** CSS pixels of air around a picture that is fitted. */
const fitMargin = 24

/** The largest scale at which the whole picture is seen, centred; small pictures grow to 8 × at most. */
export function fit(picture: Size, element: Size): Viewport {
  const room = (length: number) => Math.max(1, length - 2 * Math.min(fitMargin, length / 10))
  const scale = Math.min(room(element.width) / picture.width, room(element.height) / picture.height, largestFit(picture))
  return centred(picture, element, scale)
}

/** A 1 × 1 picture must still be seen, a 64 × 64 icon must not fill a screen. */
const largestFit = (picture: Size) => Math.max(8, Math.min(maxScale, 256 / Math.max(picture.width, picture.height)))

export function centred(picture: Size, element: Size, scale: number): Viewport {
  return {
    scale,
    offsetX: (element.width - picture.width * scale) / 2,
    offsetY: (element.height - picture.height * scale) / 2,
  }
}

/** Zooms by `factor` so that the image point under `at` stays there. */
export function zoomAt(view: Viewport, at: ScreenPoint, factor: number, limits: readonly [min: number, max: number]): Viewport {
  const scale = Math.min(Math.max(view.scale * factor, limits[0]), limits[1])
  const ratio = scale / view.scale
  return { scale, offsetX: at.x - (at.x - view.offsetX) * ratio, offsetY: at.y - (at.y - view.offsetY) * ratio }
}

export const panBy = (view: Viewport, dx: number, dy: number): Viewport => ({ scale: view.scale, offsetX: view.offsetX + dx, offsetY: view.offsetY + dy })

/** The least and greatest scale for a picture in an element. */
export function scaleLimits(picture: Size, element: Size): readonly [min: number, max: number] {
  const fitted = fit(picture, element).scale
  return [Math.min(fitted * minFraction, 1), Math.max(maxScale, fitted)]
}

/** The view moved back, if it must be, until some of the picture is in sight. */
export function keepInSight(view: Viewport, picture: Size, element: Size): Viewport {
  const clamp = (offset: number, length: number, room: number) => {
    const kept = Math.min(keptInSight, length, room)
    return Math.min(Math.max(offset, kept - length), room - kept)
  }
  const offsetX = clamp(view.offsetX, picture.width * view.scale, element.width)
  const offsetY = clamp(view.offsetY, picture.height * view.scale, element.height)
  return offsetX === view.offsetX && offsetY === view.offsetY ? view : { scale: view.scale, offsetX, offsetY }
}

/** The part of the image plane that a screen rectangle shows. */
export function visibleBounds(view: Viewport, left: number, top: number, right: number, bottom: number): Bounds {
  const from = toImage({ x: left, y: top }, view)
  const to = toImage({ x: right, y: bottom }, view)
  return { minX: from.x, minY: from.y, maxX: to.x, maxY: to.y }
}

/** The view that shows `bounds` with air around it; never closer than 8 × unless it is there already. */
export function frame(bounds: Bounds, element: Size, view: Viewport): Viewport {
  const width = Math.max(1e-6, bounds.maxX - bounds.minX)
  const height = Math.max(1e-6, bounds.maxY - bounds.minY)
  const scale = Math.min((element.width * 0.6) / width, (element.height * 0.6) / height, Math.max(8, view.scale))
  const x = (bounds.minX + bounds.maxX) / 2
  const y = (bounds.minY + bounds.maxY) / 2
  return { scale, offsetX: element.width / 2 - x * scale, offsetY: element.height / 2 - y * scale }
}

/** Whether `bounds` is wholly seen. */
export function isSeen(bounds: Bounds, view: Viewport, element: Size): boolean {
  const seen = visibleBounds(view, 0, 0, element.width, element.height)
  return bounds.minX >= seen.minX && bounds.minY >= seen.minY && bounds.maxX <= seen.maxX && bounds.maxY <= seen.maxY
}

/**
 * How many CSS pixels a turn of the wheel pans or by what factor it zooms. A touchpad's two fingers send
 * sideways steps without ctrl: they pan. Its pinch sends ctrl + wheel. A mouse's wheel sends large steps
 * straight up or down: it zooms.
 */
export function wheelIntent(event: Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey' | 'shiftKey'>):
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'pan'; readonly dx: number; readonly dy: number } {
  const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1
  const dx = event.deltaX * unit
  const dy = event.deltaY * unit
  if (event.ctrlKey || event.metaKey) return { kind: 'zoom', factor: Math.exp(-clampStep(dy, 60) * 0.01) }
  if (event.shiftKey) return { kind: 'pan', dx: -(dx || dy), dy: 0 }
  if (dx !== 0) return { kind: 'pan', dx: -dx, dy: -dy }
  return { kind: 'zoom', factor: Math.exp(-clampStep(dy, 240) * 0.002) }
}

const clampStep = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value))

