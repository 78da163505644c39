import type { Geometry, Mask, Polygon } from '#shared/model/geometry.ts'
import { boundsOf, unionAll } from '#shared/geometry/bounds.ts'
import { crossesItself } from '#shared/geometry/crossing.ts'
import { areaOutline } from '#shared/geometry/iou.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import { rasterise } from '#shared/geometry/rasterise.ts'
import { noHabits, type BoxHabits } from './boxHabit.ts'
import { outlineAbove, simplifySafely } from './outline.ts'
import type { Chances } from './probability.ts'
import { sharesOf } from './robust.ts'
import { shapeAverage } from './shapeAverage.ts'
import { staple, type StapleOptions } from './staple.ts'
import { straightened } from './straighten.ts'
import { cellsIn, gridOver, votesOf, type Grid } from './votes.ts'

/** One area of one person: a polygon or mask, or another kind that covers pixels. */
export interface DrawnArea { readonly person: string; readonly geometry: Geometry; readonly weight?: number | undefined }

export interface AreaOptions {
  readonly habits?: BoxHabits | undefined
  readonly method?: 'auto' | 'staple' | 'average' | undefined
  readonly staple?: StapleOptions | undefined
  /** What comes back. Default polygon. */
  readonly as?: 'polygon' | 'mask' | undefined
  /** The largest number of cells of the grid. Default 2¹⁸ for STAPLE, which is quick, else 2¹⁵; what is larger is looked at more coarsely. */
  readonly cells?: number | undefined
}

export interface AreaEstimate {
  readonly geometry: Polygon | Mask
  /** Of all that is more than 10 % probable, the share that is less than 90 % probable. */
  readonly doubtful: number
  /** One share an area, in the order given; they add up to 1. */
  readonly weights: number[]
  readonly method: 'single' | 'identical' | 'staple' | 'average' | 'largest'
  /** How probable it is where; null for one area, and where there was nothing to estimate. */
  readonly map: Chances | null
  /** STAPLE: what it found of each area's person. */
  readonly performance: readonly { readonly sensitivity: number; readonly specificity: number }[] | null
}

interface Member { readonly outline: Polygon | null; readonly weight: number; readonly moved: boolean }

/**
 * The area that several people drew. Each outline is first moved and stretched by what is known of how the person draws (`learnBoxes` of the areas'
 * bounding boxes); then, on a grid of cells, the shape-based average, or STAPLE where it is asked for: see docs/consensus.md for when which is
 * better. The border of the result is drawn along the cells' centres and simplified by less than half a cell, keeping parts and holes.
 *
 * One area: it, corrected. All alike: that area. Outlines that cross themselves count as what the even-odd rule fills, and come back without
 * the crossing. Areas that hold no cell have no say; where none does, or nothing is inside for most, the largest area stands, all of it doubtful.
 * Two areas of one person count as one between them.
 */
export function estimateArea(areas: readonly DrawnArea[], options: AreaOptions = {}): AreaEstimate {
  if (areas.length === 0) throw new Error('An estimate needs at least one area')
  // STAPLE of two people stands on an edge, from which rounding alone could push it either way: so always in the same order.
  const order = areas.map((_, at) => at).sort((a, b) => inTurn(areas[a]!, areas[b]!))
  const found = inOrder(order.map((at) => areas[at]!), options)
  const back = areas.map((_, at) => order.indexOf(at))
  return { ...found, weights: back.map((at) => found.weights[at]!), performance: found.performance && back.map((at) => found.performance![at]!) }
}

function inTurn(a: DrawnArea, b: DrawnArea): number {
  if (a.person !== b.person) return a.person < b.person ? -1 : 1
  const one = JSON.stringify(a.geometry), other = JSON.stringify(b.geometry)
  return one === other ? 0 : one < other ? -1 : 1
}

function inOrder(areas: readonly DrawnArea[], options: AreaOptions): AreaEstimate {
  const { habits = noHabits, as = 'polygon', method = 'auto', cells = method === 'staple' ? 2 ** 18 : 2 ** 15 } = options
  const members = areas.map((area) => memberOf(area, areas, habits))
  const settled = withoutGrid(areas, members)
  const bounds = unionAll(members.map(({ outline }) => outline && boundsOf(outline)))
  if (!bounds || settled === 'nothing') return largest(areas, members, as)
  if (settled) return { ...settled, geometry: formOf(settled.geometry, as), map: settled.method === 'identical' ? certain(settled.geometry, cells) : null }
  const grid = gridOver(bounds, cells)
  const found = method === 'staple' ? byStaple(members, grid, options.staple) : byAverage(members, grid)
  const outline = outlineAbove(found.field, found.level, grid)
  if (!outline) return { ...largest(areas, members, as), map: { grid, inside: found.inside } }
  return {
    geometry: as === 'mask' ? rasterise(outline) : simplifySafely(outline, toleranceOf(grid.cell)),
    doubtful: doubtfulShare(found.inside), weights: found.weights, method: found.method, map: { grid, inside: found.inside }, performance: found.performance,
  }
}

function memberOf({ person, geometry, weight = 1 }: DrawnArea, areas: readonly DrawnArea[], habits: BoxHabits): Member {
  const known = habits.outlines ?? { boxes: habits, margins: new Map(), scales: new Map() }
  const outline = areaOutline(geometry)
  const straight = outline && straightened(outline, person, known)
  const scale = habits.outlines ? (known.scales.get(person) ?? 1) ** 2 : (habits.people.get(person) ?? habits.stranger).scale.reduce((sum, own) => sum + own ** 2, 0) / 4
  return { outline: straight, weight: weight / scale / areas.filter((other) => other.person === person).length, moved: straight !== outline }
}

type Settled = Omit<AreaEstimate, 'geometry'> & { readonly geometry: Geometry }

function withoutGrid(areas: readonly DrawnArea[], members: readonly Member[]): Settled | 'nothing' | null {
  const first = areas[0]!
  const outlines = members.flatMap(({ outline }) => (outline && polygonArea(outline) > 0 ? [outline] : []))
  if (outlines.length === 0) return members.some(({ outline }) => outline?.parts.flat().some(crossesItself)) ? null : 'nothing'
  const rest = { doubtful: 0, weights: sharesOf(members.map(({ weight }) => weight)), map: null, performance: null }
  const plain = outlines.every((outline) => !outline.parts.flat().some(crossesItself))
  if (!plain) return null
  if (areas.length === 1) return { ...rest, geometry: members[0]!.moved ? outlines[0]! : first.geometry, method: 'single' }
  const same = areas.every(({ geometry }) => JSON.stringify(geometry) === JSON.stringify(first.geometry))
  return same && areas.some(({ person }) => person !== first.person) ? { ...rest, geometry: first.geometry, method: 'identical' } : null
}

/** Pixels that simplifying may move the border by: 0.4 where that is less than 0.4 cells, in larger cells 0.1 of one, because the border is known to a part of a cell. */
const toleranceOf = (cell: number): number => Math.min(0.4 * cell, Math.max(0.1 * cell, 0.4))

/** What all drew alike is certain. */
function certain(geometry: Geometry, cells: number): Chances | null {
  const outline = areaOutline(geometry), bounds = outline && boundsOf(outline)
  if (!outline || !bounds) return null
  const grid = gridOver(bounds, cells)
  return { grid, inside: cellsIn(outline, grid) }
}

/** Nothing that most would call inside: the largest area of all, the first of equals by person. */
function largest(areas: readonly DrawnArea[], members: readonly Member[], as: 'polygon' | 'mask'): AreaEstimate {
  const size = (at: number) => (members[at]!.outline ? polygonArea(members[at]!.outline!) : 0)
  const best = areas.map((_, at) => at).sort((a, b) => size(b) - size(a) || (areas[a]!.person < areas[b]!.person ? -1 : 1))[0]!
  return { geometry: formOf(areas[best]!.geometry, as), doubtful: 1, weights: areas.map((_, at) => (at === best ? 1 : 0)), method: 'largest', map: null, performance: null }
}

const emptyMask: Mask = { kind: 'mask', x: 0, y: 0, width: 0, height: 0, counts: [0] }

function formOf(geometry: Geometry, as: 'polygon' | 'mask'): Polygon | Mask {
  if (geometry.kind === 'mask' && as === 'mask') return geometry
  const outline = areaOutline(geometry)
  // An empty mask has no outline, and stays one.
  if (!outline) return geometry.kind === 'mask' ? geometry : emptyMask
  return as === 'mask' ? rasterise(outline) : outline
}

interface Found { readonly field: ArrayLike<number>; readonly level: number; readonly inside: Float64Array; readonly weights: number[]; readonly method: 'staple' | 'average'; readonly performance: AreaEstimate['performance'] }

function byAverage(members: readonly Member[], grid: Grid): Found {
  const { distance, inside, weights } = shapeAverage(members.map(({ outline }) => outline), grid, members.map(({ weight }) => weight))
  return { field: distance, level: 0, inside, weights, method: 'average', performance: null }
}

/** The threshold is ½, and what is exactly as probable is inside. A person's weight is the evidence that their vote is, p + q − 1 (Youden's index). */
function byStaple(members: readonly Member[], grid: Grid, options: StapleOptions = {}): Found {
  const votes = votesOf(members.map(({ outline }) => outline), grid)
  const given = members.map(({ weight }, person) => (votes.patterns.some((own) => own[person] === 1) ? weight : 0))
  const { inside, sensitivity, specificity } = staple(votes, options)
  const performance = given.map((_, person) => ({ sensitivity: sensitivity[person]!, specificity: specificity[person]! }))
  const weights = sharesOf(performance.map(({ sensitivity: p, specificity: q }, person) => (given[person]! > 0 ? Math.max(0, p + q - 1) : 0)))
  const field = new Float64Array(inside.length)
  for (let at = 0; at < field.length; at++) field[at] = inside[at]! >= 0.5 - 1e-6 ? 1 : 0
  return { field, level: 0.5, inside, weights, method: 'staple', performance }
}

function doubtfulShare(inside: Float64Array): number {
  let probable = 0, certain = 0
  for (let at = 0; at < inside.length; at++) {
    if (inside[at]! >= 0.1) probable++
    if (inside[at]! > 0.9) certain++
  }
  return probable > 0 ? (probable - certain) / probable : 0
}
