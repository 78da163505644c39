import type { TextLine } from '#shared/model/geometry.ts'
import { directionOf, rotatePoint } from '#shared/geometry/angle.ts'
import { boundsOfPath } from '#shared/geometry/bounds.ts'
import { lineFrame, type LineFrame } from '#shared/geometry/lineFrame.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { readingOrder } from '#shared/geometry/readingOrder.ts'

/** Detectors draw lines a little too high, so that they touch the next one; this share of the height is left out above and below. */
const margin = 0.2

/**
 * Found lines in reading order. The page is first turned by the direction in which most of its text runs, so that a page that lies
 * askew, on its side or on its head is read as it was written; lines down (Chinese, Japanese) are then read from the right.
 */
export function inReadingOrder<Item>(items: readonly Item[], lineOf: (item: Item) => TextLine): Item[] {
  const frames = items.map((item) => lineFrame(lineOf(item)))
  const tilt = tiltOf(frames)
  return readingOrder(frames.map((frame) => turnedBack(frame, tilt))).flat().map((index) => items[index]!)
}

/** The direction of the text in degrees clockwise: the quarter turn that most of it has, by length, and the weighted median of what is left. */
export function tiltOf(frames: readonly LineFrame[]): number {
  const each = frames.map(({ quad: [a, b], width }) => {
    const angle = directionOf(a, b)
    const quarter = Math.round(angle / 90) * 90
    return { quarter: ((quarter % 360) + 360) % 360, rest: angle - quarter, weight: width }
  })
  const lengths = new Map<number, number>()
  for (const { quarter, weight } of each) lengths.set(quarter, (lengths.get(quarter) ?? 0) + weight)
  const most = [...lengths].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 0
  return most + weightedMedian(each.filter(({ quarter }) => quarter === most))
}

function weightedMedian(values: readonly { readonly rest: number; readonly weight: number }[]): number {
  const half = values.reduce((sum, { weight }) => sum + weight, 0) / 2
  let sum = 0
  for (const { rest, weight } of values.toSorted((a, b) => a.rest - b.rest)) {
    sum += weight
    if (sum >= half) return rest
  }
  return 0
}

function turnedBack({ quad }: LineFrame, tilt: number): Bounds {
  const bounds = boundsOfPath(quad.flatMap((corner) => {
    const { x, y } = rotatePoint(corner, { x: 0, y: 0 }, -tilt)
    return [x, y]
  }))!
  const less = margin * (bounds.maxY - bounds.minY)
  return { ...bounds, minY: bounds.minY + less, maxY: bounds.maxY - less }
}
