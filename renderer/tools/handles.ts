import { boundsOfBox, resizeBox } from '#shared/geometry/box.ts'
import type { Bounds, ImagePoint } from '#shared/geometry/point.ts'
import { anchorOf, type ResizeOptions, type Side } from '#shared/geometry/resize.ts'
import { resizeRotatedBox, rotateTowards, toWorld } from '#shared/geometry/rotatedBox.ts'
import { pointAt, pointCount } from '#shared/geometry/ring.ts'
import { vertexAt, vertexPathsOf } from '#shared/geometry/vertex.ts'
import type { Box, Geometry, RotatedBox } from '#shared/model/geometry.ts'
import type { HandleId } from './tool.ts'

/** A grip and where it stands, in image pixels. */
export interface Handle { readonly handle: HandleId; readonly point: ImagePoint }

const sides: readonly Side[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w']
/** The rotate grip stands this many CSS pixels outside the upper side. */
const rotateReach = 24

/** The grips of a selected shape: sides of boxes, a rotate grip, vertices of everything else. `scale` is CSS pixels per image pixel. */
export function handlesOf(geometry: Geometry, scale: number): Handle[] {
  const box = boxIn(geometry)
  const handles: Handle[] = box ? sides.map((side) => ({ handle: { kind: 'side', side }, point: sidePoint(box, side) })) : []
  if (box?.kind === 'rotated-box') handles.push({ handle: { kind: 'rotate' }, point: toWorld(box, { x: 0, y: -box.height / 2 - rotateReach / scale }) })
  for (const { part, ring, path } of vertexPathsOf(geometry)) {
    for (let index = 0; index < pointCount(path); index++) handles.push({ handle: { kind: 'vertex', part, ring, index }, point: pointAt(path, index) })
  }
  return handles
}

/** Where one grip stands; null when the geometry has no such grip. */
export function handlePoint(geometry: Geometry, handle: HandleId): ImagePoint | null {
  if (handle.kind === 'vertex') return vertexAt(geometry, handle)
  const box = boxIn(geometry)
  if (!box) return null
  if (handle.kind === 'side') return sidePoint(box, handle.side)
  return box.kind === 'rotated-box' ? toWorld(box, { x: 0, y: -box.height / 2 }) : null
}

/** The geometry after a side grip was dragged to `to`; unchanged when it has no sides. */
export function resizeGeometry(geometry: Geometry, side: Side, to: ImagePoint, options: ResizeOptions, extent: Bounds | null): Geometry {
  return changeBox(geometry, (box) => (box.kind === 'box' ? resizeBox(box, side, to, options, extent) : resizeRotatedBox(box, side, to, options)))
}

/** The geometry with its upper side turned to face `to`; unchanged when it cannot turn. */
export function rotateGeometry(geometry: Geometry, to: ImagePoint, snapDegrees: number | null): Geometry {
  return changeBox(geometry, (box) => (box.kind === 'box' ? box : rotateTowards(box, to, snapDegrees)))
}

function boxIn(geometry: Geometry): Box | RotatedBox | null {
  if (geometry.kind === 'text-line') return geometry.outline.kind === 'polygon' ? null : geometry.outline
  return geometry.kind === 'box' || geometry.kind === 'rotated-box' ? geometry : null
}

function changeBox(geometry: Geometry, change: (box: Box | RotatedBox) => Box | RotatedBox): Geometry {
  const box = boxIn(geometry)
  if (!box) return geometry
  return geometry.kind === 'text-line' ? { ...geometry, outline: change(box) } : change(box)
}

function sidePoint(box: Box | RotatedBox, side: Side): ImagePoint {
  // The grip is opposite the point that stays put.
  const still = anchorOf(side)
  const fraction = { x: 1 - still.x, y: 1 - still.y }
  if (box.kind === 'rotated-box') return toWorld(box, { x: (fraction.x - 0.5) * box.width, y: (fraction.y - 0.5) * box.height })
  const { minX, minY } = boundsOfBox(box)
  return { x: minX + fraction.x * box.width, y: minY + fraction.y * box.height }
}
