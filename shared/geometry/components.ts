import type { Bitmap } from './mask.ts'

/** Pixels that touch by a side or a corner. Bounds in whole pixels, right and bottom outside. */
export interface Component {
  readonly area: number
  readonly left: number; readonly top: number; readonly right: number; readonly bottom: number
}

export interface Components {
  readonly list: readonly Component[]
  /** For each pixel, row by row: 0, or 1 + the index of its component. */
  readonly labels: Int32Array
}

/** The 8-connected components of a bitmap's pixels that are not 0 (Rosenfeld & Pfaltz, 1966; here by flooding), in the order of their first pixels. */
export function connectedComponents({ width, height, data }: Pick<Bitmap, 'width' | 'height' | 'data'>): Components {
  const labels = new Int32Array(width * height)
  const stack = new Int32Array(width * height)
  const list: Component[] = []
  for (let start = 0; start < labels.length; start++) {
    if (data[start] && labels[start] === 0) list.push(flood(start, list.length + 1, width, height, data, labels, stack))
  }
  return { list, labels }
}

function flood(start: number, label: number, width: number, height: number, data: ArrayLike<number>, labels: Int32Array, stack: Int32Array): Component {
  let area = 0, left = width, right = 0, top = height, bottom = 0, depth = 0
  labels[start] = label
  stack[depth++] = start
  while (depth > 0) {
    const at = stack[--depth]!
    const y = Math.floor(at / width), x = at - y * width
    area++
    if (x < left) left = x
    if (x >= right) right = x + 1
    if (y < top) top = y
    if (y >= bottom) bottom = y + 1
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const next = row * width + column
        if (!data[next] || labels[next] !== 0) continue
        labels[next] = label
        stack[depth++] = next
      }
    }
  }
  return { area, left, top, right, bottom }
}

/** The corners of the outermost pixels of each row: their convex hull is the component's. */
export function outermostCorners({ labels }: Components, width: number, component: Component, label: number): number[] {
  const corners: number[] = []
  for (let y = component.top; y < component.bottom; y++) {
    let first = component.left, last = component.right - 1
    while (labels[y * width + first] !== label && first < last) first++
    while (labels[y * width + last] !== label && last > first) last--
    corners.push(first, y, last + 1, y, first, y + 1, last + 1, y + 1)
  }
  return corners
}
