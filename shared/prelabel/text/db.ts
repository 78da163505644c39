import type { TextLine } from '#shared/model/geometry.ts'
import { connectedComponents, outermostCentres, type Component, type Components } from '#shared/geometry/components.ts'
import { minimumAreaRectangle } from '#shared/geometry/hull.ts'
import { forEachRun } from '#shared/geometry/mask.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import { cornersOfRotated } from '#shared/geometry/rotatedBox.ts'
import type { RotatedBox } from '#shared/model/geometry.ts'
import { grownOutline } from './grow.ts'
import { outlineOf, type ToItem } from './outline.ts'

/** The probability of text a pixel, row by row. */
export interface ProbabilityMap { readonly width: number; readonly height: number; readonly data: Float32Array }

export interface DbOptions {
  /** From which probability a pixel is text. */
  readonly binary: number
  /** Least mean probability of a line. */
  readonly boxScore: number
  /** Lines were shrunk for training; they grow back by area × unclip / perimeter pixels. */
  readonly unclip: number
  /** Shorter lines, in pixels of the map, are noise. */
  readonly leastSide: number
  /** The mean is over the line's rectangle (`fast`, the default), or over its own pixels (`slow`), which is fairer to bent lines. */
  readonly scoreMode?: 'fast' | 'slow' | undefined
  /** Whether bent lines become polygons. */
  readonly bent?: boolean | undefined
}

/** A line that was found; its outline is in pixels of the item, its score 0 … 1. */
export interface FoundLine { readonly outline: TextLine['outline']; readonly score: number }
export interface FoundLines {
  readonly lines: readonly FoundLine[]
  /** Pixels of the map that were NaN and count as no text. */
  readonly broken: number
  /** Components beyond the most that are looked at. */
  readonly cut: number
}

/** As many components as PaddleOCR looks at. */
const mostCandidates = 1000
/** Below this share of its rectangle a line is bent, when bent lines are asked for. */
const bentBelow = 0.7

/**
 * Lines from the map of a text detector (Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", 2020,
 * section 3.5): each component of the pixels above `binary`, the least rectangle around it, its mean probability, grown by
 * D = A · r / L. As PaddleOCR's post-processing does, but rectangles reach half a pixel beyond the pixels' centres.
 */
export function findLines(map: ProbabilityMap, options: DbOptions, toItem: ToItem): FoundLines {
  const bits = new Uint8Array(map.width * map.height)
  let broken = 0
  map.data.forEach((value, index) => {
    if (Number.isNaN(value)) broken++
    else if (value > options.binary) bits[index] = 1
  })
  const components = connectedComponents({ ...map, data: bits })
  const lines: FoundLine[] = []
  for (const [index, component] of components.list.slice(0, mostCandidates).entries()) {
    const line = lineOf(map, options, toItem, components, component, index + 1)
    if (line) lines.push(line)
  }
  return { lines, broken, cut: Math.max(0, components.list.length - mostCandidates) }
}

function lineOf(map: ProbabilityMap, options: DbOptions, toItem: ToItem, components: Components, component: Component, label: number): FoundLine | null {
  const box = rectangleAround(outermostCentres(components, map.width, component, label))
  if (!box || Math.min(box.width, box.height) < options.leastSide) return null
  const score = options.scoreMode === 'slow' ? meanOfComponent(map, components, component, label) : meanInside(map, box)
  if (score < options.boxScore) return null
  const area = box.width * box.height
  if (options.bent && component.area < bentBelow * area) {
    const outline = grownOutline(components, map, component, label, options.unclip, toItem)
    if (outline) return { outline, score }
  }
  // Upstream measures from pixel centre to pixel centre, and its ratio is chosen for that: half a pixel more would be multiplied with it.
  const [width, height] = [Math.max(1, box.width - 1), Math.max(1, box.height - 1)]
  const grow = (width * height * options.unclip) / (2 * (width + height))
  // A rectangle grown with round corners has the grown rectangle around it.
  // Along the line a pixel more at either end, or the first and the last letter are cut into.
  const [ends, sides] = width >= height ? [2, 0] : [0, 2]
  const grown = { ...box, width: width + 2 * grow + ends, height: height + 2 * grow + sides }
  if (Math.min(grown.width, grown.height) < options.leastSide + 2) return null
  return { outline: outlineOf(grown, toItem), score }
}

/** The least rectangle around pixels of these centres: half a pixel more on each side, which favours no angle. */
function rectangleAround(centres: readonly number[]): RotatedBox | null {
  const box = minimumAreaRectangle(centres)
  return box && { ...box, width: box.width + 1, height: box.height + 1 }
}

/** The mean probability of the pixels whose centres are in the box (`box_score_fast`); 0 when there is none. */
function meanInside(map: ProbabilityMap, box: RotatedBox): number {
  const mask = rasterise({ kind: 'polygon', parts: [[cornersOfRotated(box)]] }, { minX: 0, minY: 0, maxX: map.width, maxY: map.height })
  let sum = 0, count = 0
  forEachRun(mask, (start, end) => {
    for (let i = start; i < end; i++) {
      const value = map.data[(mask.y + (i % mask.height)) * map.width + mask.x + Math.floor(i / mask.height)]!
      if (!Number.isNaN(value)) sum += value
      count++
    }
  })
  return count === 0 ? 0 : Math.max(0, Math.min(1, sum / count))
}

/** The mean probability of the component's own pixels (`box_score_slow`). */
function meanOfComponent(map: ProbabilityMap, { labels }: Components, { left, top, right, bottom, area }: Component, label: number): number {
  let sum = 0
  for (let y = top; y < bottom; y++) {
    for (let at = y * map.width + left; at < y * map.width + right; at++) if (labels[at] === label) sum += map.data[at]!
  }
  return Math.max(0, Math.min(1, sum / area))
}
