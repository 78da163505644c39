import { boundsOfPath } from '#shared/geometry/bounds.ts'
import { cornersOfBox } from '#shared/geometry/box.ts'
import { contoursOf } from '#shared/geometry/contours.ts'
import { cornersOfRotated } from '#shared/geometry/rotatedBox.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { fileBoundsOf } from '../bounds.ts'
import { clippedRing, oneRing } from './ring.ts'

type Size = { width: number; height: number }

/** A row without its class; `losses`: the codes of what it loses. */
export interface YoloShape {
  values: number[]
  /** Pixels. */
  bounds: Bounds
  losses: string[]
}

const enough = 1e-9

/** The box of a geometry; null for kinds without an extent, `outside` where nothing of it is in the picture. */
export function boxShape(geometry: Geometry, size: Size): YoloShape | 'outside' | null {
  const losses: string[] = []
  switch (geometry.kind) {
    case 'box':
      break
    case 'text-line':
      losses.push(geometry.baseline === null ? 'text-line-as-outline' : 'baseline-lost')
      if (geometry.outline.kind !== 'box') losses.push('shape-as-box')
      break
    case 'rotated-box':
    case 'polygon':
    case 'mask':
      losses.push('shape-as-box')
      break
    default:
      return null
  }
  const whole = fileBoundsOf(geometry)!
  const bounds = {
    minX: Math.max(0, whole.minX), minY: Math.max(0, whole.minY), maxX: Math.min(size.width, whole.maxX), maxY: Math.min(size.height, whole.maxY),
  }
  if (bounds.minX > bounds.maxX || bounds.minY > bounds.maxY) return 'outside'
  if (differs(whole, bounds)) losses.push('clipped')
  return {
    bounds, losses,
    values: [
      (bounds.minX + bounds.maxX) / 2 / size.width, (bounds.minY + bounds.maxY) / 2 / size.height,
      (bounds.maxX - bounds.minX) / size.width, (bounds.maxY - bounds.minY) / size.height,
    ],
  }
}

const differs = (a: Bounds, b: Bounds) =>
  Math.max(Math.abs(a.minX - b.minX), Math.abs(a.minY - b.minY), Math.abs(a.maxX - b.maxX), Math.abs(a.maxY - b.maxY)) > enough

/** One ring of a geometry: parts and holes joined by bridges of no width. */
export function ringShape(geometry: Geometry, size: Size): YoloShape | 'outside' | null {
  const made = ringsOf(geometry)
  if (made === null) return null
  const clipped = made.rings.map((ring) => clippedRing(ring, size.width, size.height)).filter((ring) => ring.length >= 6)
  if (clipped.length === 0) return 'outside'
  const bounds = boundsOfPath(clipped.flat())!
  const losses = [...made.losses]
  if (differs(bounds, boundsOfPath(made.rings.flat())!)) losses.push('clipped')
  const ring = oneRing(clipped)
  return { values: ring.map((value, index) => value / (index % 2 === 0 ? size.width : size.height)), bounds, losses }
}

function ringsOf(geometry: Geometry): { rings: readonly number[][]; losses: string[] } | null {
  switch (geometry.kind) {
    case 'box':
      return { rings: [cornersOfBox(geometry)], losses: ['box-as-polygon'] }
    case 'rotated-box':
      return { rings: [cornersOfRotated(geometry)], losses: ['rotation-lost'] }
    case 'polygon': {
      const losses = geometry.parts.length > 1 ? ['parts-joined'] : []
      if (geometry.parts.some((rings) => rings.length > 1)) losses.push('holes-joined')
      return { rings: geometry.parts.flat(), losses }
    }
    case 'mask': {
      const rings = contoursOf(geometry)?.parts.flat() ?? []
      return rings.length === 0 ? { rings: [], losses: [] } : { rings, losses: ['mask-as-polygon'] }
    }
    case 'text-line': {
      const outline = ringsOf(geometry.outline)!
      return { ...outline, losses: [...outline.losses, geometry.baseline === null ? 'text-line-as-outline' : 'baseline-lost'] }
    }
    default:
      return null
  }
}
