import type { Spread } from '#shared/consensus/proposal.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { boxOfBounds } from '#shared/geometry/box.ts'
import { minimumAreaRectangle } from '#shared/geometry/hull.ts'
import { areaOutline } from '#shared/geometry/iou.ts'
import type { Box, Geometry, GeometryKind, Mask, Polygon, RotatedBox, TextLine } from '#shared/model/geometry.ts'
import { noHabits, type BoxHabits } from './boxHabit.ts'
import { estimateArea, type AreaOptions } from './estimateArea.ts'
import { estimateBox } from './estimateBox.ts'
import { estimateEnds } from './estimateEnds.ts'
import { estimateKeypoints, estimatePointSet, estimatePolyline, type Drawn, type PointsResult } from './estimatePoints.ts'
import { alignRotated, estimateRotatedBox } from './estimateRotatedBox.ts'
import { fuseBoxes } from './fuseBoxes.ts'
import { learnAreas, type AreaCluster, type Outlined } from './learnAreas.ts'
import { learnBoxes, type BoxCluster } from './learnBoxes.ts'
import type { Chances } from './probability.ts'
import { sharesOf } from './robust.ts'

export interface ShapeOptions {
  readonly habits?: BoxHabits | undefined
  /** How polygons and masks are estimated. Default: the average. */
  readonly areas?: AreaOptions['method']
  /** How boxes are estimated: by people's habits, or by weighted boxes fusion (`fuseBoxes`), which knows none. Default `habits`. */
  readonly boxes?: 'habits' | 'fusion' | undefined
  /** The largest number of cells that polygons and masks are estimated on; see `AreaOptions`. */
  readonly cells?: number | undefined
}

export interface ShapeEstimate {
  readonly geometry: Geometry
  readonly spread: Spread
  /** One share a member, in the order given; they add up to 1. */
  readonly weights: number[]
  readonly method: string
  readonly parameters: Record<string, number | string | boolean>
  /** Polygons and masks: where it is probable to what degree. */
  readonly map: Chances | null
}

const areaKinds: readonly GeometryKind[] = ['box', 'rotated-box', 'polygon', 'mask', 'text-line']

/**
 * The shape of a cluster. Its kind is the one that has most weight; of equals the one that says more: mask, polygon, rotated box, box, and so on down.
 * Among areas those of another kind have their say too: a polygon among boxes as its bounding box, among rotated boxes as its least
 * rectangle, a box among polygons as its four corners. Kinds that can't be compared (a line among boxes) get the weight 0. No member: an error.
 */
export function estimateShape(members: readonly Drawn<Geometry>[], { habits = noHabits, areas = 'auto', boxes = 'habits', cells }: ShapeOptions = {}): ShapeEstimate {
  if (members.length === 0) throw new Error('An estimate needs at least one shape')
  const kind = kindOf(members)
  const able = members.map(({ geometry }) => geometry.kind === kind || (areaKinds.includes(kind) && areaKinds.includes(geometry.kind) && boundsOf(geometry) !== null))
  const some = members.filter((_, at) => able[at])
  const found = estimateKind(some, kind, habits, { method: areas, boxes, cells })
  let next = 0
  return { ...found, weights: able.map((yes) => (yes ? found.weights[next++]! : 0)) }
}

const telling: readonly GeometryKind[] = ['text-line', 'mask', 'polygon', 'rotated-box', 'box', 'keypoints', 'polyline', 'points', 'segment', 'item']

function kindOf(members: readonly Drawn<Geometry>[]): GeometryKind {
  const shares = sharesOf(members.map(({ weight = 1 }) => weight))
  const share = (kind: GeometryKind) => members.reduce((sum, { geometry }, at) => sum + (geometry.kind === kind ? shares[at]! : 0), 0)
  const present = telling.filter((kind) => members.some(({ geometry }) => geometry.kind === kind))
  return present.reduce((best, kind) => (share(kind) > share(best) + 1e-9 ? kind : best))
}

function estimateKind(members: readonly Drawn<Geometry>[], kind: GeometryKind, habits: BoxHabits, { boxes, ...grid }: Pick<AreaOptions, 'method' | 'cells'> & Pick<ShapeOptions, 'boxes'>): ShapeEstimate {
  const of = <G extends Geometry>(pick: (geometry: Geometry) => G) => members.map(({ person, geometry, weight }): Drawn<G> => ({ person, weight, geometry: pick(geometry) }))
  const only = <K extends GeometryKind>() => of((geometry) => geometry as Extract<Geometry, { kind: K }>)
  const parameters = { people: members.length }
  switch (kind) {
    case 'box': {
      const drawn = of(asBox).map(({ geometry, ...rest }) => ({ ...rest, box: geometry }))
      const { box, deviations, weights } = boxes === 'fusion' ? fuseBoxes(drawn) : estimateBox(drawn, habits)
      return { geometry: box, spread: { kind: 'sides', deviations: [...deviations] }, weights, method: boxes === 'fusion' ? 'weighted boxes fusion' : 'robust box', parameters, map: null }
    }
    case 'rotated-box': {
      const { box, deviations, angleDeviation, weights } = estimateRotatedBox(of(asRotatedBox).map(({ geometry, ...rest }) => ({ ...rest, box: geometry })), habits)
      return { geometry: box, spread: { kind: 'sides', deviations: [...deviations] }, weights, method: 'robust rotated box', parameters: { ...parameters, angleDeviation }, map: null }
    }
    case 'polygon': case 'mask': {
      const found = estimateArea(members, { habits, ...grid, as: kind })
      return { geometry: found.geometry, spread: { kind: 'area', doubtful: found.doubtful }, weights: found.weights, method: areaMethods[found.method], parameters: { ...parameters, cell: found.map?.grid.cell ?? 1 }, map: found.map }
    }
    case 'text-line': return estimateLine(members, habits, grid)
    case 'segment': {
      const { geometry, start, end, weights } = estimateEnds(only<'segment'>())
      return { geometry, spread: { kind: 'ends', start, end }, weights, method: 'robust boundaries', parameters, map: null }
    }
    case 'keypoints': return pointsShape(estimateKeypoints(only<'keypoints'>()), 'robust keypoints', members.length)
    case 'points': return pointsShape(estimatePointSet(only<'points'>()), 'robust points', members.length)
    case 'polyline': return pointsShape(estimatePolyline(only<'polyline'>()), 'robust line', members.length)
    case 'item': return { geometry: { kind: 'item' }, spread: { kind: 'none' }, weights: sharesOf(members.map(({ weight = 1 }) => weight)), method: 'whole item', parameters, map: null }
  }
}

const areaMethods = { single: 'one area', identical: 'the same area', staple: 'STAPLE', average: 'shape-based average', largest: 'largest area' } as const

const pointsShape = ({ geometry, deviation, weights }: PointsResult<Geometry>, method: string, people: number): ShapeEstimate =>
  ({ geometry, spread: { kind: 'points', deviation }, weights, method, parameters: { people }, map: null })

const asBox = (geometry: Geometry): Box => (geometry.kind === 'box' ? geometry : boxOfBounds(boundsOf(areaOutline(geometry) ?? geometry)!))

function asRotatedBox(geometry: Geometry): RotatedBox {
  if (geometry.kind === 'rotated-box') return geometry
  if (geometry.kind === 'box') return { kind: 'rotated-box', cx: geometry.x + geometry.width / 2, cy: geometry.y + geometry.height / 2, width: geometry.width, height: geometry.height, angle: 0 }
  return minimumAreaRectangle(areaOutline(geometry)?.parts.flat(2) ?? []) ?? asRotatedBox(asBox(geometry))
}

/** The outline as a shape of its own; a baseline where at least half of the weight has one. */
function estimateLine(members: readonly Drawn<Geometry>[], habits: BoxHabits, { method, cells }: Pick<AreaOptions, 'method' | 'cells'>): ShapeEstimate {
  const outlines = members.map((member): Drawn<Geometry> => ({ ...member, geometry: member.geometry.kind === 'text-line' ? member.geometry.outline : member.geometry }))
  const outline = estimateShape(outlines, { habits, areas: method, cells })
  const baselines = members.flatMap(({ person, weight, geometry }, at) => (geometry.kind === 'text-line' && geometry.baseline ? [{ at, person, weight, geometry: { kind: 'polyline' as const, points: geometry.baseline } }] : []))
  const support = baselines.reduce((sum, { at }) => sum + outline.weights[at]!, 0)
  const baseline = baselines.length > 0 && support >= 0.5 - 1e-9 ? estimatePolyline(baselines).geometry.points : null
  return { ...outline, geometry: { kind: 'text-line', outline: outlineForm(outline.geometry as Box | RotatedBox | Polygon | Mask), baseline } }
}

const outlineForm = (geometry: Box | RotatedBox | Polygon | Mask): TextLine['outline'] => (geometry.kind === 'mask' ? areaOutline(geometry) as Polygon | null ?? asBox(geometry) : geometry)

/**
 * What the habits of a project are learned from: its clusters' boxes, rotated boxes in their common frame; those of polygons and masks from
 * these, by their moment boxes, on their own. `golds`: the true shape of a cluster where it is known, in the order of the clusters.
 */
export function habitsOf(clusters: readonly (readonly Drawn<Geometry>[])[], golds: readonly (Geometry | null)[] = []): BoxHabits {
  const boxed: BoxCluster[] = [], outlined: AreaCluster[] = []
  clusters.forEach((members, cluster) => {
    const areas = members.filter(({ geometry }) => isArea(geometry)).map(withoutLine)
    const gold = golds[cluster] && isArea(golds[cluster]) ? withoutLine({ person: '', geometry: golds[cluster] }) : null
    if (areas.length === 0) return
    const plain = gold ? [...areas, gold] : areas
    const kind = kindOf(plain)
    if (kind === 'polygon' || kind === 'mask') outlined.push({ drawn: outlinesOf(areas), gold: gold && outlinesOf([gold])[0]?.outline })
    else boxed.push(boxesOf(areas, plain, kind, gold !== null))
  })
  const habits = learnBoxes(boxed)
  return outlined.length > 0 ? { ...habits, outlines: learnAreas(outlined) } : habits
}

const withoutLine = <D extends Drawn<Geometry>>(member: D): D => ({ ...member, geometry: member.geometry.kind === 'text-line' ? member.geometry.outline : member.geometry })

function boxesOf(areas: readonly Drawn<Geometry>[], plain: readonly Drawn<Geometry>[], kind: GeometryKind, golden: boolean): BoxCluster {
  const boxes = kind === 'rotated-box' ? alignRotated(plain.map(({ geometry }) => asRotatedBox(geometry))) : plain.map(({ geometry }) => asBox(geometry))
  return { boxes: areas.map(({ person, weight }, at) => ({ person, weight, box: boxes[at]! })), gold: golden ? boxes.at(-1) : undefined }
}

/** A box says nothing of the outline inside it. */
function outlinesOf(members: readonly Drawn<Geometry>[]): Outlined[] {
  return members.flatMap(({ person, geometry }) => {
    const outline = geometry.kind === 'polygon' || geometry.kind === 'mask' ? areaOutline(geometry) : null
    return outline ? [{ person, outline }] : []
  })
}

const isArea = (geometry: Geometry) => areaKinds.includes(geometry.kind) && boundsOf(geometry) !== null
