import type { Polygon } from '#shared/model/geometry.ts'
import type { Component, Components } from '#shared/geometry/components.ts'
import { contoursOf } from '#shared/geometry/contours.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import { perimeter, ringArea } from '#shared/geometry/ring.ts'
import { simplifyRing } from '#shared/geometry/simplify.ts'
import { pathToItem, type ToItem } from './outline.ts'

/**
 * The outline of a component grown by area × unclip / perimeter with round corners: the pixels within that distance of it
 * (an offset with round joins, drawn instead of computed, so that it cannot cross itself). Null when nothing is left.
 */
export function grownOutline({ labels }: Components, map: { readonly width: number; readonly height: number }, component: Component, label: number, unclip: number, toItem: ToItem): Polygon | null {
  const own = contoursOf(encodeMask(bitmapOf(labels, map.width, component, label, 0)))?.parts[0]?.[0]
  if (!own) return null
  const smooth = simplifyRing(own, 1)
  const distance = (ringArea(smooth) * unclip) / perimeter(smooth)
  const margin = Math.ceil(distance)
  const grown = dilate(bitmapOf(labels, map.width, component, label, margin), distance)
  const outer = contoursOf(encodeMask(grown))?.parts[0]?.[0]
  return outer ? { kind: 'polygon', parts: [[pathToItem(simplifyRing(outer, 1), toItem)]] } : null
}

interface Bits { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly data: Uint8Array }

function bitmapOf(labels: Int32Array, stride: number, { left, top, right, bottom }: Component, label: number, margin: number): Bits {
  const width = right - left + 2 * margin, height = bottom - top + 2 * margin
  const data = new Uint8Array(width * height)
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) if (labels[y * stride + x] === label) data[(y - top + margin) * width + x - left + margin] = 1
  }
  return { x: left - margin, y: top - margin, width, height, data }
}

/** Pixels within `distance` of a pixel that is set: a row of each disc at a time. */
function dilate({ x, y, width, height, data }: Bits, distance: number): Bits {
  const out = new Uint8Array(width * height)
  const reach = Array.from({ length: Math.floor(distance) + 1 }, (_, dy) => Math.floor(Math.sqrt(distance * distance - dy * dy)))
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!data[row * width + column] || !atBorder(data, width, height, column, row)) continue
      for (let dy = -reach.length + 1; dy < reach.length; dy++) {
        const to = row + dy
        if (to < 0 || to >= height) continue
        const half = reach[Math.abs(dy)]!
        out.fill(1, to * width + Math.max(0, column - half), to * width + Math.min(width, column + half + 1))
      }
    }
  }
  for (let i = 0; i < data.length; i++) if (data[i]) out[i] = 1
  return { x, y, width, height, data: out }
}

const atBorder = (data: Uint8Array, width: number, height: number, x: number, y: number): boolean =>
  x === 0 || y === 0 || x === width - 1 || y === height - 1
  || !data[y * width + x - 1] || !data[y * width + x + 1] || !data[(y - 1) * width + x] || !data[(y + 1) * width + x]
