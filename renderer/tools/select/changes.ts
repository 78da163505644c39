import { boundsOf, clampPoint, unionAll } from '#shared/geometry/bounds.ts'
import { nearestOnSegment } from '#shared/geometry/lineSegment.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { clampMove, translate } from '#shared/geometry/transform.ts'
import { insertVertex, moveVertex, vertexAt, vertexPathsOf } from '#shared/geometry/vertex.ts'
import { pointAt, pointCount } from '#shared/geometry/ring.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import { reshaped } from '../edited.ts'
import { handlePoint, resizeGeometry, rotateGeometry } from '../handles.ts'
import { snapPoint, wantsSnap } from '../snap.ts'
import type { ToolView } from '../tool.ts'
import type { Dragging, VertexOf } from './state.ts'

export type Pair = readonly [from: Annotation, to: Annotation]

/** The angle steps, in degrees, of a rotation with Shift. */
const snapDegrees = 15

/** What the drag would change if it ended now, from the records as they stand now. */
export function changesOf(state: Dragging, view: ToolView): Pair[] {
  switch (state.kind) {
    case 'marquee': return []
    case 'moving': return moveSelection(state, view)
    case 'resizing':
      return changeOne(state.annotation, view, (geometry) => {
        const { shift: keepAspect, alt: fromCentre } = state.modifiers
        const to = grip(geometry, { kind: 'side', side: state.side }, state)
        return to && resizeGeometry(geometry, state.side, isAxisBox(geometry) ? clampPoint(to, view.extent) : to, { keepAspect, fromCentre }, view.extent)
      })
    case 'rotating':
      return changeOne(state.annotation, view, (geometry) => rotateGeometry(geometry, state.at, state.modifiers.shift ? snapDegrees : null))
    case 'moving-vertex': return changeOne(state.vertex.annotation, view, (geometry) => dragVertex(geometry, state, view))
  }
}

/** The annotation, when it is there and mine to change. */
export function editableOf(id: AnnotationId, view: ToolView): Annotation | null {
  const annotation = view.annotation(id)
  return annotation && view.editable(annotation) ? annotation : null
}

/** One annotation with another geometry; nothing when it is not mine, or `change` gives nothing. */
export function changeOne(id: AnnotationId, view: ToolView, change: (geometry: Geometry) => Geometry | null): Pair[] {
  const annotation = editableOf(id, view)
  const geometry = annotation && change(annotation.geometry)
  return annotation && geometry ? [[annotation, reshaped(annotation, geometry)]] : []
}

/** The editable ones of the selection moved together, so that none leaves the image and their places to each other stay. */
export function moveBy(dx: number, dy: number, view: ToolView): Pair[] {
  const mine = view.selection.flatMap((id) => editableOf(id, view) ?? [])
  const bounds = unionAll(mine.map(({ geometry }) => boundsOf(geometry)))
  const free = clampMove(bounds, dx, dy, view.extent)
  // Masks move by whole pixels; what is moved with one does so too. Towards zero, which is never out of the image.
  const whole = mine.some(({ geometry }) => geometry.kind === 'mask')
  const move = whole ? { dx: Math.trunc(free.dx), dy: Math.trunc(free.dy) } : free
  if (move.dx === 0 && move.dy === 0) return []
  return mine.map((annotation) => [annotation, reshaped(annotation, translate(annotation.geometry, move.dx, move.dy))])
}

function moveSelection({ start, at, modifiers }: Dragging, view: ToolView): Pair[] {
  const dx = at.x - start.x, dy = at.y - start.y
  if (!modifiers.shift) return moveBy(dx, dy, view)
  return Math.abs(dx) >= Math.abs(dy) ? moveBy(dx, 0, view) : moveBy(0, dy, view)
}

/** Where the grip goes: the pointer's way from where it pressed, so that the grip does not jump to the pointer. */
function grip(geometry: Geometry, handle: Parameters<typeof handlePoint>[1], { start, at }: Dragging): ImagePoint | null {
  const from = handlePoint(geometry, handle)
  return from && { x: from.x + at.x - start.x, y: from.y + at.y - start.y }
}

const isAxisBox = (geometry: Geometry): boolean => geometry.kind === 'box' || (geometry.kind === 'text-line' && geometry.outline.kind === 'box')

function dragVertex(geometry: Geometry, state: Extract<Dragging, { kind: 'moving-vertex' }>, view: ToolView): Geometry | null {
  const { vertex, inserts, modifiers, moved } = state
  const from = inserts ? midpointOf(geometry, vertex) : vertexAt(geometry, vertex)
  if (!from) return null
  const snapped = moved && wantsSnap(modifiers) ? snapPoint(state.at, view, vertex.annotation) : null
  const to = snapped ?? clampPoint({ x: from.x + state.at.x - state.start.x, y: from.y + state.at.y - state.start.y }, moved ? view.extent : null)
  return inserts ? insertVertex(geometry, vertex, to) : moveVertex(geometry, vertex, to)
}

/** The middle of the edge behind a vertex; null when there is no such edge. */
export function midpointOf(geometry: Geometry, edge: VertexOf): ImagePoint | null {
  const ends = edgeEnds(geometry, edge)
  return ends && { x: (ends[0].x + ends[1].x) / 2, y: (ends[0].y + ends[1].y) / 2 }
}

/** The geometry with a vertex where an edge is nearest to `point`, so that its outline does not jump; null when there is no such edge. */
export function splitEdge(geometry: Geometry, edge: VertexOf, point: ImagePoint): Geometry | null {
  const ends = edgeEnds(geometry, edge)
  return ends && insertVertex(geometry, edge, nearestOnSegment(ends[0], ends[1], point))
}

function edgeEnds(geometry: Geometry, { part, ring, index }: VertexOf): readonly [ImagePoint, ImagePoint] | null {
  const run = vertexPathsOf(geometry).find((run) => run.part === part && run.ring === ring)
  if (!run?.joined || index < 0 || index >= pointCount(run.path) - (run.closed ? 0 : 1)) return null
  return [pointAt(run.path, index), pointAt(run.path, (index + 1) % pointCount(run.path))]
}
