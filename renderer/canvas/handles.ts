import { boundsOf } from '#shared/geometry/bounds.ts'
import type { Bounds, ImagePoint } from '#shared/geometry/point.ts'
import { toWorld } from '#shared/geometry/rotatedBox.ts'
import { vertexPathsOf } from '#shared/geometry/vertex.ts'
import type { Geometry, RotatedBox } from '#shared/model/geometry.ts'
import type { HandleId } from '#renderer/tools/tool.ts'

/** A grip and where it stands, in image pixels. */
export interface Handle {
  readonly id: HandleId
  readonly at: ImagePoint
}

/** How far above a rotated box its rotate handle stands, in CSS pixels. */
export const rotateReach = 24
/** More grips than this on one shape hide it; those of long outlines come back when zoomed in. CSS pixels between grips. */
const leastSpacing = 5

const sides = [['nw', -1, -1], ['n', 0, -1], ['ne', 1, -1], ['e', 1, 0], ['se', 1, 1], ['s', 0, 1], ['sw', -1, 1], ['w', -1, 0]] as const

/** The grips of a shape at a scale (CSS pixels per image pixel). Sides of shapes too small to hold them are left out. */
export function handlesOf(geometry: Geometry, scale: number): Handle[] {
  switch (geometry.kind) {
    case 'box':
      return sideHandles(geometry, scale, (x, y) => ({ x: geometry.x + ((x + 1) / 2) * geometry.width, y: geometry.y + ((y + 1) / 2) * geometry.height }))
    case 'rotated-box':
      return [...sideHandles(geometry, scale, (x, y) => toWorld(geometry, { x: (x * geometry.width) / 2, y: (y * geometry.height) / 2 })), rotateHandle(geometry, scale)]
    case 'text-line':
      return [...(geometry.outline.kind === 'polygon' ? [] : handlesOf(geometry.outline, scale)), ...vertexHandles(geometry)]
    default:
      return vertexHandles(geometry)
  }
}

function sideHandles(size: { readonly width: number; readonly height: number }, scale: number, at: (x: number, y: number) => ImagePoint): Handle[] {
  const room = { x: size.width * scale >= 28, y: size.height * scale >= 28 }
  return sides
    .filter(([, x, y]) => (x !== 0 || room.x) && (y !== 0 || room.y))
    .map(([side, x, y]) => ({ id: { kind: 'side', side }, at: at(x, y) }))
}

export const rotateHandle = (box: RotatedBox, scale: number): Handle => ({
  id: { kind: 'rotate' }, at: toWorld(box, { x: 0, y: -box.height / 2 - rotateReach / scale }),
})

function vertexHandles(geometry: Geometry): Handle[] {
  return vertexPathsOf(geometry).flatMap(({ part, ring, path }) => {
    const handles: Handle[] = []
    for (let i = 0; i + 1 < path.length; i += 2) {
      handles.push({ id: { kind: 'vertex', part, ring, index: i / 2 }, at: { x: path[i]!, y: path[i + 1]! } })
    }
    return handles
  })
}

/** Whether the grips of a shape stand so close at this scale that they would only hide it. */
export function tooDense(geometry: Geometry, scale: number): boolean {
  for (const { path, joined } of vertexPathsOf(geometry)) {
    if (!joined || path.length < 24) continue
    const bounds = boundsOf(geometry) as Bounds
    const around = 2 * (bounds.maxX - bounds.minX + bounds.maxY - bounds.minY) * scale
    if (around / (path.length / 2) < leastSpacing) return true
  }
  return false
}
