import type { Geometry, Polygon } from '#shared/model/geometry.ts'
import { insertPoint, movePoint, removePoint } from './path.ts'
import type { ImagePoint } from './point.ts'
import { ringAt, withRing } from './polygon.ts'
import { type Path, pointAt, pointCount } from './ring.ts'

/**
 * Where a vertex stands. Polygons: part, ring, index of the point. Polylines, points and keypoints: part 0, ring 0.
 * A text line: its outline's part and ring, or part -1 for the baseline.
 */
export interface VertexPlace { readonly part: number; readonly ring: number; readonly index: number }
export const baselinePart = -1

/** One run of vertices of a geometry; `closed` when its last point is joined to the first, `joined` when there are edges at all. */
export interface VertexPath { readonly part: number; readonly ring: number; readonly path: Path; readonly closed: boolean; readonly joined: boolean }

const open = (path: Path, joined: boolean, part = 0): VertexPath => ({ part, ring: 0, path, closed: false, joined })

/** The runs of vertices that a person can move one by one. Boxes and masks have none: they have sides. */
export function vertexPathsOf(geometry: Geometry): VertexPath[] {
  switch (geometry.kind) {
    case 'polygon': return geometry.parts.flatMap((rings, part) => rings.map((path, ring) => ({ part, ring, path, closed: true, joined: true })))
    case 'polyline': return [open(geometry.points, true)]
    case 'points': return [open(geometry.points, false)]
    case 'keypoints': return [open(geometry.points.flatMap(({ x, y }) => [x, y]), false)]
    case 'text-line': return [...vertexPathsOf(geometry.outline), ...(geometry.baseline ? [open(geometry.baseline, true, baselinePart)] : [])]
    default: return []
  }
}

export function vertexAt(geometry: Geometry, { part, ring, index }: VertexPlace): ImagePoint | null {
  const run = vertexPathsOf(geometry).find((run) => run.part === part && run.ring === ring)
  return run && index >= 0 && index < pointCount(run.path) ? pointAt(run.path, index) : null
}

/** The geometry with one vertex elsewhere; unchanged when there is no such vertex. */
export function moveVertex(geometry: Geometry, place: VertexPlace, to: ImagePoint): Geometry {
  if (vertexAt(geometry, place) === null) return geometry
  if (geometry.kind === 'keypoints') {
    return { ...geometry, points: geometry.points.map((point, index) => (index === place.index ? { ...point, x: to.x, y: to.y } : point)) }
  }
  return changePath(geometry, place, (path) => movePoint(path, place.index, to)) ?? geometry
}

/** The geometry with a new vertex behind vertex `index` of its run; null where vertices cannot be added (keypoints have names). */
export function insertVertex(geometry: Geometry, place: VertexPlace, at: ImagePoint): Geometry | null {
  if (geometry.kind === 'keypoints' || vertexAt(geometry, place) === null) return null
  return changePath(geometry, place, (path) => insertPoint(path, place.index, at))
}

/**
 * The geometry without one vertex. A ring that falls below 3 points goes, and a part with its outer ring; a baseline
 * below 2 points goes. Null when nothing would be left, or a vertex cannot go (keypoints have names).
 */
export function removeVertex(geometry: Geometry, place: VertexPlace): Geometry | null {
  if (geometry.kind === 'keypoints' || vertexAt(geometry, place) === null) return null
  return changePath(geometry, place, (path) => removePoint(path, place.index))
}

function changePath(geometry: Geometry, place: VertexPlace, change: (path: Path) => number[]): Geometry | null {
  switch (geometry.kind) {
    case 'polygon': return changeRing(geometry, place, change)
    case 'polyline': return atLeast(2, change(geometry.points), (points) => ({ ...geometry, points }))
    case 'points': return atLeast(1, change(geometry.points), (points) => ({ ...geometry, points }))
    case 'text-line': {
      if (place.part === baselinePart) {
        const baseline = change(geometry.baseline ?? [])
        return { ...geometry, baseline: pointCount(baseline) < 2 ? null : baseline }
      }
      if (geometry.outline.kind !== 'polygon') return null
      const outline = changeRing(geometry.outline, place, change)
      return outline && { ...geometry, outline }
    }
    default: return null
  }
}

function changeRing(polygon: Polygon, place: VertexPlace, change: (path: Path) => number[]): Polygon | null {
  const ring = ringAt(polygon, place)
  if (ring === undefined) return null
  const changed = change(ring)
  return withRing(polygon, place, pointCount(changed) < 3 ? null : changed)
}

const atLeast = (points: number, path: number[], build: (path: number[]) => Geometry): Geometry | null => (pointCount(path) < points ? null : build(path))
