import type { Mask } from '#shared/model/geometry.ts'

/**
 * COCO's run lengths as a string: base 32 with a continuation bit, 6 bits a character from '0' on; from the fourth
 * count on the difference to the count two before (maskApi.c, rleToString).
 * Null when the string is not one.
 */
export function countsFromString(text: string): number[] | null {
  const counts: number[] = []
  for (let at = 0; at < text.length;) {
    let value = 0
    let shift = 0
    let digit: number
    do {
      digit = text.charCodeAt(at++) - 48
      if (!(digit >= 0 && digit < 64) || shift > 30) return null
      value += (digit & 31) * 2 ** shift
      shift += 5
    } while (digit & 32)
    if (digit & 16) value -= 2 ** shift
    if (counts.length > 2) value += counts[counts.length - 2]!
    if (value < 0) return null
    counts.push(value)
  }
  return counts
}

/** Whole-picture run lengths (column by column, zeros first) as a mask over its tight rectangle; `height` of the picture. */
export function maskFromCounts(counts: readonly number[], height: number): Mask {
  const runs = runsOf(counts)
  const bounds = boundsOfRuns(runs, height)
  if (bounds === null) return { kind: 'mask', x: 0, y: 0, width: 0, height: 0, counts: [] }
  const { minX, minY, maxX, maxY } = bounds
  const boxHeight = maxY - minY + 1
  const cropped: { start: number; end: number }[] = []
  for (const run of runs) {
    // A run may go over the end of a column; inside the rectangle each column is a run of its own.
    for (let start = run.start; start < run.end;) {
      const column = Math.floor(start / height)
      const end = Math.min(run.end, (column + 1) * height)
      const offset = (column - minX) * boxHeight - minY - column * height
      cropped.push({ start: start + offset, end: end + offset })
      start = end
    }
  }
  return { kind: 'mask', x: minX, y: minY, width: maxX - minX + 1, height: boxHeight, counts: countsOf(cropped, boxHeight * (maxX - minX + 1)) }
}

/** The mask's run lengths over a whole picture; what lies outside is cut off. */
export function countsInPicture(mask: Mask, width: number, height: number): number[] {
  const placed: { start: number; end: number }[] = []
  for (const run of runsOf(mask.counts)) {
    for (let start = run.start; start < run.end;) {
      const column = Math.floor(start / mask.height)
      const end = Math.min(run.end, (column + 1) * mask.height)
      const x = mask.x + column
      const top = Math.max(0, mask.y + start - column * mask.height)
      const bottom = Math.min(height, mask.y + end - column * mask.height)
      if (x >= 0 && x < width && bottom > top) placed.push({ start: x * height + top, end: x * height + bottom })
      start = end
    }
  }
  return countsOf(placed, width * height)
}

/** Pixels of the mask. */
export function areaOfCounts(counts: readonly number[]): number {
  let area = 0
  for (let index = 1; index < counts.length; index += 2) area += counts[index]!
  return area
}

/** The stretches of ones, from start to before end. */
function runsOf(counts: readonly number[]): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = []
  let at = 0
  for (let index = 0; index < counts.length; index += 1) {
    const end = at + counts[index]!
    if (index % 2 === 1 && end > at) runs.push({ start: at, end })
    at = end
  }
  return runs
}

/** Run lengths of ascending stretches of ones; touching stretches become one. */
export function countsOf(runs: readonly { start: number; end: number }[], total: number): number[] {
  const counts: number[] = []
  let at = 0
  for (const run of runs) {
    if (run.start === at && counts.length > 0) counts[counts.length - 1]! += run.end - run.start
    else counts.push(run.start - at, run.end - run.start)
    at = run.end
  }
  if (at < total) counts.push(total - at)
  return counts
}

function boundsOfRuns(runs: readonly { start: number; end: number }[], height: number) {
  if (runs.length === 0) return null
  let [minY, maxY] = [height, 0]
  for (const { start, end } of runs) {
    const [first, last] = [Math.floor(start / height), Math.floor((end - 1) / height)]
    minY = first === last ? Math.min(minY, start - first * height) : 0
    maxY = first === last ? Math.max(maxY, end - 1 - first * height) : height - 1
  }
  return { minX: Math.floor(runs[0]!.start / height), maxX: Math.floor((runs.at(-1)!.end - 1) / height), minY, maxY }
}
