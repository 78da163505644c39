import type { TextLine } from '#shared/model/geometry.ts'
import { connectedComponents } from '#shared/geometry/components.ts'
import { rotatePoint } from '#shared/geometry/angle.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { median } from '#shared/geometry/median.ts'
import { readingOrder } from '#shared/geometry/readingOrder.ts'
import { outlineOf } from '../text/outline.ts'
import type { ImageSample } from '../sample.ts'
import { greyOf, histogramOf, otsu, sauvola, shrunk } from './grey.ts'
import { skewOf } from './skew.ts'

const longest = 1600
/** Gaps that end a block: across (columns) and down, in letter heights. */
const columnGap = 1.5
const blockGap = 1.2
/** A line has at least so many letters' worth of ink across, in letter heights. */
const leastWidth = 0.8
/** The window of the binarisation is this share of the picture's longer side, and at least 15 pixels. */
const windowShare = 0.025

/** A letter or a part of one, in the upright frame of the page. */
interface Letter { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number; readonly area: number }

export interface FoundTextLine { readonly line: TextLine; readonly score: number }

/**
 * Lines of a page by projection profiles: ink by Sauvola, the page turned level, blocks by recursive cuts in the wide gaps
 * (Nagy & Seth 1984), lines by the gaps of each block's horizontal profile. In reading order; the score is how far the profile
 * falls beside the line, 0 … 1.
 */
export function findTextLines(sample: ImageSample): FoundTextLine[] {
  const { picture, toItem } = shrunk(sample, longest)
  const grey = greyOf(picture)
  const { threshold, separation } = otsu(histogramOf(grey))
  if (separation === 0) return []
  const dark = grey.data.reduce((count, value) => count + (value <= threshold ? 1 : 0), 0) * 2 <= grey.data.length
  const bits = sauvola(grey, dark, Math.max(15, Math.round(Math.max(grey.width, grey.height) * windowShare)))
  const tilt = skewOf(bits, grey.width, grey.height)
  const letters = lettersOf(bits, grey.width, grey.height, tilt)
  if (letters.length === 0) return []
  const height = median(letters.map(({ y0, y1 }) => y1 - y0)) ?? 0
  const found = blocks(letters, height).flatMap((block) => linesOf(block, height))
    .filter(({ x0, x1 }) => x1 - x0 >= leastWidth * height)
    .map(({ x0, x1, y0, y1, score }): FoundTextLine => {
      const centre = rotatePoint({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, { x: 0, y: 0 }, tilt)
      const outline = outlineOf({ kind: 'rotated-box', cx: centre.x, cy: centre.y, width: x1 - x0, height: y1 - y0, angle: tilt }, toItem)
      return { line: { kind: 'text-line', outline, baseline: null }, score }
    })
  return readingOrder(found.map(({ line }) => boundsOf(line.outline)!), { tilt }).flat().map((index) => found[index]!)
}

/** Components that may be letters, turned level about the corner; specks, rules and pictures are left out. */
function lettersOf(bits: Uint8Array, width: number, height: number, tilt: number): Letter[] {
  const { list } = connectedComponents({ width, height, data: bits })
  return list.filter(({ area, left, right, top, bottom }) => {
    const across = right - left, down = bottom - top
    return area >= 6 && down >= 3 && down <= Math.max(40, height / 6) && across <= width / 2 && across / down < 20 && down / across < 15
  }).map(({ left, right, top, bottom, area }) => {
    const { x, y } = rotatePoint({ x: (left + right) / 2, y: (top + bottom) / 2 }, { x: 0, y: 0 }, -tilt)
    return { x0: x - (right - left) / 2, x1: x + (right - left) / 2, y0: y - (bottom - top) / 2, y1: y + (bottom - top) / 2, area }
  })
}

/** The recursive X-Y cut: columns, then blocks, until neither gap is left. */
function blocks(letters: readonly Letter[], height: number): Letter[][] {
  for (const [start, end, gap] of [['x0', 'x1', columnGap], ['y0', 'y1', blockGap]] as const) {
    const parts = partsBetween(letters, start, end, gap * height)
    if (parts.length > 1) return parts.flatMap((part) => blocks(part, height))
  }
  return [[...letters]]
}

function partsBetween(letters: readonly Letter[], start: 'x0' | 'y0', end: 'x1' | 'y1', gap: number): Letter[][] {
  const parts: Letter[][] = []
  let reach = -Infinity
  for (const letter of letters.toSorted((a, b) => a[start] - b[start])) {
    if (parts.length === 0 || letter[start] - reach > gap) parts.push([letter])
    else parts.at(-1)!.push(letter)
    reach = Math.max(reach, letter[end])
  }
  return parts
}

interface Band { x0: number; x1: number; y0: number; y1: number; score: number }

/** Bands of a block's profile of letter bodies: rows with less than a fifth of the usual ink part them. */
function linesOf(letters: readonly Letter[], height: number): Band[] {
  const block = around(letters)
  const top = Math.floor(block.y0)
  const profile = new Float64Array(Math.ceil(block.y1) - top + 1)
  for (const { x0, x1, y0, y1 } of letters) for (let y = Math.round(y0) - top; y < Math.round(y1) - top; y++) profile[y]! += x1 - x0
  const usual = median(Array.from(profile).filter((value) => value > 0)) ?? 0
  const rows = runsAbove(profile, usual * 0.2).filter(({ first, last }) => last - first >= 0.4 * height)
  const bands = rows.map(({ first, last }) => ({ middle: top + (first + last) / 2, score: Math.max(0, Math.min(1, 1 - beside(profile, first, last) / Math.max(1, mean(profile, first, last)))) }))
  if (bands.length === 0) return []
  const groups = bands.map((): Letter[] => [])
  for (const letter of letters) groups[nearest(bands.map(({ middle }) => middle), (letter.y0 + letter.y1) / 2)]!.push(letter)
  return groups.flatMap((group, index) => (group.length === 0 ? [] : [{ ...around(group), score: bands[index]!.score }]))
}

function runsAbove(profile: Float64Array, level: number): { first: number; last: number }[] {
  const runs: { first: number; last: number }[] = []
  profile.forEach((value, row) => {
    if (value <= level) return
    const last = runs.at(-1)
    if (last && last.last === row) last.last = row + 1
    else runs.push({ first: row, last: row + 1 })
  })
  return runs
}

/** The mean of the lowest rows above and below a band, within its own height. */
function beside(profile: Float64Array, first: number, last: number): number {
  const reach = last - first
  const above = Math.min(...profile.subarray(Math.max(0, first - reach), first), first === 0 ? 0 : Infinity)
  const below = Math.min(...profile.subarray(last, last + reach), last >= profile.length ? 0 : Infinity)
  return (above + below) / 2
}

function mean(profile: Float64Array, first: number, last: number): number {
  return profile.subarray(first, last).reduce((sum, value) => sum + value, 0) / (last - first)
}

const around = (letters: readonly Letter[]) => letters.reduce((all, { x0, x1, y0, y1 }) => (
  { x0: Math.min(all.x0, x0), x1: Math.max(all.x1, x1), y0: Math.min(all.y0, y0), y1: Math.max(all.y1, y1) }), { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity })

const nearest = (places: readonly number[], to: number): number => places.reduce((best, place, index) => (Math.abs(place - to) < Math.abs(places[best]! - to) ? index : best), 0)
