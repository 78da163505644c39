import type { Cutout } from '../cutout.ts'
import { cosine, coverageOf, dot, pooled, type Features } from './features.ts'
import { prototypesOf } from './prototypes.ts'

/** What some objects of a picture have that what is around them has not. */
export interface Likeness {
  /** Their mean, of length 1. */
  readonly whole: Float32Array
  readonly like: readonly Float32Array[]
  readonly unlike: readonly Float32Array[]
  /** In cells: the mean area of one. */
  readonly area: number
}

type Shape = Pick<Cutout, 'mask' | 'stepX' | 'stepY'>

const mostPrototypes = 4
/** A cell counts as the object's from this share of it. */
const leastShare = 0.75
/** What lies beside an object and is as much like it as this is another one, and says nothing of the ground. */
const another = 0.6

/** What the objects have in common; null where they are too small to be seen at all (less than half of a cell in all). */
export function likenessOf(features: Features, objects: readonly Shape[]): Likeness | null {
  const coverages = objects.map((object) => coverageOf(object, features))
  const covered = new Float32Array(features.columns * features.rows)
  for (const coverage of coverages) coverage.forEach((share, cell) => { covered[cell] = Math.max(covered[cell]!, share) })
  const areas = coverages.map((coverage) => coverage.reduce((sum, share) => sum + share, 0))
  const area = areas.reduce((sum, one) => sum + one, 0) / areas.length
  const inside = insideOf(covered)
  const whole = pooled(features, inside)
  if (whole === null || area < 0.5) return null
  const cells = indicesOf(inside, (weight) => weight > 0)
  const like = prototypesOf(features, cells, Math.min(mostPrototypes, Math.ceil(cells.length / 6)))
  const ring = coverages.flatMap((coverage, at) => indicesOf(ringAround(coverage, features, Math.max(1, Math.sqrt(areas[at]!) / 2)), (weight) => weight > 0))
  const around = [...new Set(ring)].filter((cell) => covered[cell] === 0 && cosine(features, cell, whole) < another)
  return { whole, like, unlike: prototypesOf(features, around, mostPrototypes), area }
}

/** The cells well inside; where an object has none, those that it covers most. */
export function insideOf(coverage: Float32Array): Float32Array {
  const most = coverage.reduce((best, share) => Math.max(best, share), 0)
  const least = Math.min(leastShare, most * 0.75)
  return coverage.map((share) => (share > 0 && share >= least ? share : 0))
}

/** The cells within `reach` of those covered, that are not covered themselves: weight 1. */
export function ringAround(coverage: Float32Array, { columns, rows }: Features, reach: number): Float32Array {
  const ring = new Float32Array(coverage.length)
  const whole = Math.ceil(reach)
  coverage.forEach((share, cell) => {
    if (share <= 0) return
    const column = cell % columns, row = (cell - column) / columns
    for (let y = Math.max(0, row - whole); y <= Math.min(rows - 1, row + whole); y++) {
      for (let x = Math.max(0, column - whole); x <= Math.min(columns - 1, column + whole); x++) {
        if (coverage[y * columns + x] === 0 && Math.hypot(x - column, y - row) <= reach + 0.5) ring[y * columns + x] = 1
      }
    }
  })
  return ring
}

/** How much each cell is like the objects, less how much it is like what is around them: −2 … 2. */
export function likenessMap(features: Features, { like, unlike }: Likeness): Float32Array {
  const map = new Float32Array(features.columns * features.rows)
  for (let cell = 0; cell < map.length; cell++) {
    const best = (of: readonly Float32Array[]) => of.reduce((most, vector) => Math.max(most, cosine(features, cell, vector)), -1)
    map[cell] = best(like) - (unlike.length > 0 ? best(unlike) : 0)
  }
  return map
}

/** How much what a shape covers is like the objects, and how much what lies around it is: cosines. */
export function compare(features: Features, { whole, area }: Likeness, shape: Shape): { readonly inside: number; readonly around: number } {
  const coverage = coverageOf(shape, features)
  const within = pooled(features, insideOf(coverage)), ring = pooled(features, ringAround(coverage, features, Math.max(1, Math.sqrt(area) / 3)))
  return { inside: within === null ? 0 : dot(within, whole), around: ring === null ? 0 : dot(ring, whole) }
}

const indicesOf = (values: ArrayLike<number>, keep: (value: number) => boolean): number[] => Array.from(values, (value, at) => (keep(value) ? at : -1)).filter((at) => at >= 0)
