import { median } from './median.ts'
import type { Bounds } from './point.ts'

/** How a page is read: lines across from the left or from the right, or lines down, the first one at the right or at the left. */
export type PageDirection = 'ltr' | 'rtl' | 'vertical-rl' | 'vertical-lr'

export interface OrderOptions {
  readonly direction?: PageDirection
  /** How the lines are tilted, in degrees clockwise; the page is turned back by it first. */
  readonly tilt?: number
}

/** Indexes of the lines in reading order, block by block (a block: lines of one column that stand close). */
export type ReadingOrder = readonly (readonly number[])[]

/** A gutter between columns is at least so many times the median line height. */
const gutterHeights = 0.8
/** A block ends where the gap to the next line is so many line heights more than the median gap. */
const blockHeights = 0.7

/** A line in the frame of a page that is read across from the left: `u` along the line, `v` across the lines. */
interface Line { readonly index: number; readonly u0: number; readonly u1: number; readonly v0: number; readonly v1: number }

/**
 * A first guess of the order in which lines are read: the recursive X-Y cut (Nagy & Seth, "Hierarchical representation of
 * optically scanned documents", ICPR 1984; on boxes as in Ha, Haralick & Phillips, ICDAR 1995). Strips between
 * horizontal gaps are joined as long as one gutter runs through them, so that a title over two columns is cut off
 * before the columns are, and rows of columns that happen to align are not read across.
 * Every line is named once; lines that cannot be told apart keep the order they came in; reading an ordered page again
 * changes nothing.
 */
export function readingOrder(bounds: readonly Bounds[], { direction = 'ltr', tilt = 0 }: OrderOptions = {}): ReadingOrder {
  const lines = bounds.map((each, index) => inFrame(upright(each, tilt), index, direction))
  if (lines.length === 0) return []
  const height = median(lines.map(({ v0, v1 }) => v1 - v0)) ?? 0
  return cut(lines, Math.max(1, gutterHeights * height)).flatMap((column) => blocksOf(column, height)).map((block) => block.map(({ index }) => index))
}

/** The same size about the centre turned back: good enough to tell gaps on a page that lies a little askew. */
function upright({ minX, minY, maxX, maxY }: Bounds, tilt: number): Bounds {
  if (tilt === 0) return { minX, minY, maxX, maxY }
  const radians = (-tilt * Math.PI) / 180
  const cos = Math.cos(radians), sin = Math.sin(radians)
  const x = (minX + maxX) / 2, y = (minY + maxY) / 2
  const width = maxX - minX
  // A tilted line's rectangle is higher than the line by what it climbs.
  const height = Math.max(1, maxY - minY - Math.abs(Math.tan(radians)) * width)
  const cx = x * cos - y * sin, cy = x * sin + y * cos
  return { minX: cx - width / 2, maxX: cx + width / 2, minY: cy - height / 2, maxY: cy + height / 2 }
}

function inFrame({ minX, minY, maxX, maxY }: Bounds, index: number, direction: PageDirection): Line {
  switch (direction) {
    case 'ltr': return { index, u0: minX, u1: maxX, v0: minY, v1: maxY }
    case 'rtl': return { index, u0: -maxX, u1: -minX, v0: minY, v1: maxY }
    case 'vertical-rl': return { index, u0: minY, u1: maxY, v0: -maxX, v1: -minX }
    case 'vertical-lr': return { index, u0: minY, u1: maxY, v0: minX, v1: maxX }
  }
}

/** Columns in reading order, each with its lines from the first to the last. */
function cut(lines: readonly Line[], gutter: number): Line[][] {
  const columns = columnsOf(lines, gutter)
  if (columns.length > 1) return columns.flatMap((column) => cut(column, gutter))
  const runs = runsOf(lines, gutter)
  if (runs.length > 1) return runs.flatMap((run) => cut(run, gutter))
  return [inRows(lines)]
}

/** Parts between gutters that run through all of the lines. */
const columnsOf = (lines: readonly Line[], gutter: number): Line[][] => partsBetween(lines, ({ u0 }) => u0, ({ u1 }) => u1, gutter)

/** Runs of strips: one line of columns ends where no gutter runs through any more. */
function runsOf(lines: readonly Line[], gutter: number): Line[][] {
  const runs: Line[][] = []
  let plain = true
  for (const strip of partsBetween(lines, ({ v0 }) => v0, ({ v1 }) => v1, 0)) {
    const stripPlain = columnsOf(strip, gutter).length === 1
    const last = runs.at(-1)
    const joined = last && [...last, ...strip]
    const joinedPlain = !joined || columnsOf(joined, gutter).length === 1
    if (joined && (!joinedPlain || (plain && stripPlain))) {
      runs[runs.length - 1] = joined
      plain = joinedPlain
    } else {
      runs.push([...strip])
      plain = stripPlain
    }
  }
  return runs
}

/** Groups of lines whose intervals leave more than `gap` free between them, from the lowest; within one as they came. */
function partsBetween(lines: readonly Line[], start: (line: Line) => number, end: (line: Line) => number, gap: number): Line[][] {
  const sorted = lines.toSorted((a, b) => start(a) - start(b) || a.index - b.index)
  const parts: Line[][] = []
  let reach = -Infinity
  for (const line of sorted) {
    if (parts.length === 0 || start(line) - reach > gap || (gap === 0 && start(line) >= reach)) parts.push([line])
    else parts.at(-1)!.push(line)
    reach = Math.max(reach, end(line))
  }
  return parts
}

/** Lines of one column from the first to the last; pieces of one row along it. */
function inRows(lines: readonly Line[]): Line[] {
  const sorted = lines.toSorted((a, b) => middle(a) - middle(b) || a.u0 - b.u0 || a.index - b.index)
  const rows: Line[][] = []
  for (const line of sorted) {
    const first = rows.at(-1)?.[0]
    if (first && overlap(first, line) > 0.5 * Math.min(first.v1 - first.v0, line.v1 - line.v0)) rows.at(-1)!.push(line)
    else rows.push([line])
  }
  return rows.flatMap((row) => row.toSorted((a, b) => a.u0 - b.u0 || a.index - b.index))
}

const middle = ({ v0, v1 }: Line): number => (v0 + v1) / 2
const overlap = (a: Line, b: Line): number => Math.min(a.v1, b.v1) - Math.max(a.v0, b.v0)

function blocksOf(column: readonly Line[], height: number): Line[][] {
  const gaps = column.slice(1).map((line, index) => line.v0 - column[index]!.v1)
  const usual = median(gaps.filter((gap) => gap > -height)) ?? 0
  const blocks: Line[][] = []
  column.forEach((line, index) => {
    if (index === 0 || gaps[index - 1]! - usual > blockHeights * height) blocks.push([line])
    else blocks.at(-1)!.push(line)
  })
  return blocks
}
