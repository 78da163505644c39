import type { Geometry } from '#shared/model/geometry.ts'
import { boundsOf, intersects } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { areaOf, areaOutline } from '#shared/geometry/iou.ts'
import { overlayAreas } from '#shared/geometry/overlay.ts'
import { similarity, type SimilarityOptions } from '#shared/agreement/similarity.ts'
import type { Placed } from './layout.ts'

/** Marks of which one person's one is another's several. Who has a mark in `ones` says one thing, all others say several. */
export interface SplitGroup { readonly ones: Placed[]; readonly several: Placed[]; readonly more: Placed[] }

/** A piece lies in the whole with at least this share of itself … */
const within = 0.7
/** … all pieces together cover at least this share of the whole, and each at least a little of it. */
const covering = 0.6
const least = 0.08
/** Pieces of one person that overlap more than this are the same thing twice and not two parts. */
const apart = 0.3

/** What two geometries measure and share, in square pixels or seconds; null where they share nothing or cannot. */
function sharing(a: Geometry, b: Geometry): { readonly a: number; readonly b: number; readonly common: number } | null {
  if (a.kind === 'segment' && b.kind === 'segment') {
    if (a.tier !== b.tier) return null
    const common = Math.min(a.end / a.rate, b.end / b.rate) - Math.max(a.start / a.rate, b.start / b.rate)
    return common > 0 ? { a: (a.end - a.start) / a.rate, b: (b.end - b.start) / b.rate, common } : null
  }
  const [first, second] = [boundsOf(a), boundsOf(b)]
  if (!first || !second || !intersects(first, second)) return null
  if (a.kind === 'box' && b.kind === 'box') {
    const width = Math.min(first.maxX, second.maxX) - Math.max(first.minX, second.minX), height = Math.min(first.maxY, second.maxY) - Math.max(first.minY, second.minY)
    return width > 0 && height > 0 ? { a: areaOf(a), b: areaOf(b), common: width * height } : null
  }
  const [left, right] = [areaOutline(a), areaOutline(b)]
  return left && right ? overlayAreas(left, right) : null
}

/** Where a mark can share something with another; times lie along x. */
function extentOf(geometry: Geometry): Bounds {
  if (geometry.kind === 'segment') return { minX: geometry.start / geometry.rate, maxX: geometry.end / geometry.rate, minY: 0, maxY: 0 }
  return boundsOf(geometry) ?? { minX: Infinity, maxX: -Infinity, minY: 0, maxY: 0 }
}

interface Relation { readonly whole: Placed; readonly pieces: readonly Placed[] }

/**
 * Finds what one person marked as one and another as several, of the same label: every piece lies in the whole, the pieces do not lie on each other,
 * together they are nearer to the whole (union over union) than the best of them alone, and at least as near as the gate. Others' marks in the same
 * places join. Sorted input gives sorted groups; each mark is in one group at most.
 */
export function findSplits(marks: readonly Placed[], gate: number, alike: SimilarityOptions): SplitGroup[] {
  const kinds = new Set(marks.map(({ mark }) => mark.geometry.kind))
  if (kinds.has('item') || kinds.has('keypoints') || kinds.has('points') || kinds.has('polyline')) return []
  const sorted = marks.toSorted((a, b) => (a.mark.id < b.mark.id ? -1 : 1))
  const people = [...Map.groupBy(sorted, ({ person }) => person)]
  const extents = new Map(sorted.map((one) => [one, extentOf(one.mark.geometry)]))
  const near = (a: Placed, b: Placed) => intersects(extents.get(a)!, extents.get(b)!)
  const relations = people.flatMap(([person, own]) => own.flatMap((whole) =>
    people.flatMap(([other, theirs]): Relation[] => {
      if (other === person || theirs.length < 2) return []
      const pieces = piecesOf(whole, theirs.filter((one) => near(whole, one)), gate)
      return pieces ? [{ whole, pieces }] : []
    })))
  return relations.length === 0 ? [] : grouped(relations, sorted, gate, alike)
}

function piecesOf(whole: Placed, theirs: readonly Placed[], gate: number): readonly Placed[] | null {
  const inside = theirs.flatMap((one) => {
    if (one.mark.label !== whole.mark.label) return []
    const found = sharing(whole.mark.geometry, one.mark.geometry)
    return found && found.common >= within * found.b && found.common >= least * found.a ? [{ one, ...found }] : []
  })
  if (inside.length < 2) return null
  const size = inside[0]!.a
  const common = inside.reduce((sum, piece) => sum + piece.common, 0), beyond = inside.reduce((sum, piece) => sum + piece.b - piece.common, 0)
  const together = common / (size + beyond), best = Math.max(...inside.map((piece) => piece.common / (piece.a + piece.b - piece.common)))
  if (common < covering * size || together < gate || together <= best) return null
  for (const [at, { one }] of inside.entries()) {
    for (const other of inside.slice(at + 1)) {
      const both = sharing(one.mark.geometry, other.one.mark.geometry)
      if (both && both.common > apart * Math.min(both.a, both.b)) return null
    }
  }
  return inside.map(({ one }) => one)
}

/** Relations that share a mark are one group; then others' marks join where they are like a whole or a piece. A mark that is whole here and piece there counts as a piece. */
function grouped(relations: readonly Relation[], marks: readonly Placed[], gate: number, alike: SimilarityOptions): SplitGroup[] {
  const groups: Set<Relation>[] = []
  for (const relation of relations) {
    const touching = groups.filter((group) => [...group].some((other) => [relation.whole, ...relation.pieces].some((one) => other.whole === one || other.pieces.includes(one))))
    for (const group of touching) groups.splice(groups.indexOf(group), 1)
    groups.push(new Set([relation, ...touching.flatMap((group) => [...group])]))
  }
  const taken = new Set<Placed>(groups.flatMap((group) => [...group].flatMap(({ whole, pieces }) => [whole, ...pieces])))
  return groups.map((group) => {
    const several = new Set([...group].flatMap(({ pieces }) => pieces))
    const ones = new Set([...group].map(({ whole }) => whole).filter((whole) => !several.has(whole)))
    const involved = new Set([...ones, ...several].map(({ person }) => person))
    for (const one of marks) {
      if (taken.has(one) || involved.has(one.person)) continue
      const like = (others: ReadonlySet<Placed>) => Math.max(0, ...[...others].map(({ mark }) => similarity(one.mark, mark, alike)?.place ?? 0))
      const [whole, piece] = [like(ones), like(several)]
      if (Math.max(whole, piece) < gate) continue
      ;(whole >= piece ? ones : several).add(one)
      taken.add(one)
    }
    return { ones: inOrder(ones), several: inOrder(several), more: [] }
  })
}

const inOrder = (marks: ReadonlySet<Placed>) => [...marks].sort((a, b) => (a.mark.id < b.mark.id ? -1 : 1))
