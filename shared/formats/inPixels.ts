import type { ParsedAnnotation, ParsedGeometry, ParsedItem } from './format.ts'

type Size = { width: number; height: number }

/** The item's annotations in pixels of the upright picture, whatever units the file uses. */
export function inPixels(item: ParsedItem, size: Size): ParsedAnnotation[] {
  if (item.units === 'pixel') return item.annotations
  return item.annotations.map((annotation) => ({ ...annotation, geometry: scaled(annotation.geometry, size) }))
}

function scaled(geometry: ParsedGeometry, size: Size): ParsedGeometry {
  switch (geometry.kind) {
    case 'box':
      return {
        kind: 'box', x: geometry.x * size.width, y: geometry.y * size.height,
        width: geometry.width * size.width, height: geometry.height * size.height,
      }
    case 'polygon':
      return { kind: 'polygon', parts: geometry.parts.map((rings) => rings.map((ring) => scaledPath(ring, size))) }
    case 'polyline':
    case 'points':
      return { ...geometry, points: scaledPath(geometry.points, size) }
    case 'keypoints':
      return { kind: 'keypoints', points: geometry.points.map((point) => ({ ...point, x: point.x * size.width, y: point.y * size.height })) }
    case 'text-line':
      return {
        kind: 'text-line', outline: scaled(geometry.outline, size) as typeof geometry.outline,
        baseline: geometry.baseline === null ? null : scaledPath(geometry.baseline, size),
      }
    default:
      return geometry
  }
}

const scaledPath = (path: readonly number[], size: Size) => path.map((value, index) => value * (index % 2 === 0 ? size.width : size.height))
