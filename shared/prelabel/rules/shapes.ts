import type { Box, Polygon } from '#shared/model/geometry.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { connectedComponents, type Component } from '#shared/geometry/components.ts'
import { contoursOf } from '#shared/geometry/contours.ts'
import { encodeMask } from '#shared/geometry/mask.ts'
import { ringArea } from '#shared/geometry/ring.ts'
import { simplifyRing } from '#shared/geometry/simplify.ts'
import { pathToItem, type ToItem } from '../text/outline.ts'
import type { ImageSample } from '../sample.ts'
import { greyOf, histogramOf, otsu, shrunk, type Grey } from './grey.ts'

const longest = 800
/** Components below this share of the picture are specks; above the other they are the background. */
const leastShare = 0.001
const mostShare = 0.9
/** How far an outline may be from the pixels it simplifies, in pixels of the small picture. */
const tolerance = 1

/** A thing that stands out; the score is how well light and dark part. In pixels of the item. */
export interface FoundShape { readonly polygon: Polygon; readonly score: number }

/** What stands out from the background: Otsu's threshold, the class that the border has less of, its connected parts. */
export function findShapes(sample: ImageSample): FoundShape[] {
  const { picture, toItem } = shrunk(sample, longest)
  const grey = greyOf(picture)
  const { threshold, separation } = otsu(histogramOf(grey))
  if (separation === 0) return []
  const light = lightBackground(grey, threshold)
  const bits = grey.data.map((value) => (value <= threshold === light ? 1 : 0))
  const pixels = grey.width * grey.height
  const { list, labels } = connectedComponents({ ...grey, data: bits })
  return list.flatMap((component, index): FoundShape[] => {
    if (component.area < Math.max(4, leastShare * pixels) || component.area > mostShare * pixels) return []
    const polygon = outline(labels, grey.width, component, index + 1, toItem)
    return polygon ? [{ polygon, score: separation }] : []
  })
}

export function boxAround(polygon: Polygon): Box {
  const { minX, minY, maxX, maxY } = boundsOf(polygon)!
  return { kind: 'box', x: minX, y: minY, width: maxX - minX, height: maxY - minY }
}

/** Whether most of the border is of the light class. */
function lightBackground({ width, height, data }: Grey, threshold: number): boolean {
  let light = 0, all = 0
  for (let y = 0; y < height; y++) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1)
    for (let x = 0; x < width; x += step) {
      all++
      if (data[y * width + x]! > threshold) light++
    }
  }
  return light * 2 >= all
}

function outline(labels: Int32Array, stride: number, { left, top, right, bottom, area }: Component, label: number, toItem: ToItem): Polygon | null {
  const width = right - left, height = bottom - top
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (labels[(top + y) * stride + left + x] === label) data[y * width + x] = 1
  return tidyPolygon({ x: left, y: top, width, height, data }, area, toItem)
}

interface Bits { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly data: Uint8Array }

/** The parts of a bitmap as simplified rings in pixels of the item; parts and holes under a hundredth of `area` are left out. */
export function tidyPolygon(bits: Bits, area: number, toItem: ToItem): Polygon | null {
  const parts = (contoursOf(encodeMask(bits))?.parts ?? []).flatMap((rings) => {
    const kept = rings.filter((ring) => ringArea(ring) >= Math.max(1, area / 100))
    return kept[0] === rings[0] ? [kept.map((ring) => pathToItem(simplifyRing(ring, tolerance), toItem))] : []
  })
  return parts.length > 0 ? { kind: 'polygon', parts } : null
}
