import { boundsOf } from '#shared/geometry/bounds.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import { pointAt, pointCount } from '#shared/geometry/ring.ts'
import { vertexPathsOf } from '#shared/geometry/vertex.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { type Handle, handlesOf } from '#renderer/tools/handles.ts'
import type { HandleId } from '#renderer/tools/tool.ts'

/** CSS pixels. Vertices nearer to each other than this on average would only hide the shape; closer in they come back. */
const leastSpacing = 6
/** A side shorter than this has no room for a grip in its middle; one shorter still for none but the lower right corner's. */
const roomForMiddle = 32
const roomForCorners = 14
/** An edge longer than this shows its middle, from where a drag pulls out a new vertex. */
const roomForMidpoint = 36

/** The grips that a shape shows at a scale (CSS pixels per image pixel): those that leave room to take hold of the shape itself. */
export function shownHandles(geometry: Geometry, scale: number): Handle[] {
  const shows = shownAt(geometry, scale)
  return handlesOf(geometry, scale).filter(({ handle }) => shows(handle))
}

/** Which grips are shown: the same for drawing and for hits. */
export function shownAt(geometry: Geometry, scale: number): (handle: HandleId) => boolean {
  const box = geometry.kind === 'text-line' ? geometry.outline : geometry
  const [width, height] = box.kind === 'box' || box.kind === 'rotated-box' ? [box.width * scale, box.height * scale] : [Infinity, Infinity]
  const dense = tooDense(geometry, scale)
  return (handle) => {
    if (handle.kind === 'vertex') return !dense
    if (handle.kind === 'rotate' || handle.side === 'se') return true
    if (handle.side === 'n' || handle.side === 's') return width >= roomForMiddle && height >= roomForCorners
    if (handle.side === 'e' || handle.side === 'w') return height >= roomForMiddle && width >= roomForCorners
    return width >= roomForCorners && height >= roomForCorners
  }
}

function tooDense(geometry: Geometry, scale: number): boolean {
  return vertexPathsOf(geometry).some(({ path, joined }) => {
    const bounds = joined && pointCount(path) > 12 ? boundsOf(geometry) : null
    return bounds !== null && (2 * (bounds.maxX - bounds.minX + bounds.maxY - bounds.minY) * scale) / pointCount(path) < leastSpacing
  })
}

/** The middles of edges long enough to pull a new vertex out of, in image pixels. */
export function midpointsOf(geometry: Geometry, scale: number): ImagePoint[] {
  return vertexPathsOf(geometry).flatMap(({ path, closed, joined }) => {
    const count = pointCount(path)
    const middles: ImagePoint[] = []
    if (!joined) return middles
    for (let i = 0; i < (closed ? count : count - 1); i += 1) {
      const [a, b] = [pointAt(path, i), pointAt(path, (i + 1) % count)]
      if (Math.hypot(b.x - a.x, b.y - a.y) * scale >= roomForMidpoint) middles.push({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
    }
    return middles
  })
}
