import { describe, expect, test } from 'vitest'
import { rotatePoint } from '#shared/geometry/angle.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import { inReadingOrder } from './order.ts'

interface Written { readonly text: string; readonly x: number; readonly y: number; readonly width: number }
/** Two columns of five lines of 30 px, as tight as detectors draw them: each touches the next. */
const page: Written[] = [60, 900].flatMap((x, column) => [0, 1, 2, 3, 4].map((row) => ({ text: `${column}${row}`, x, y: 100 + row * 29, width: row === 4 ? 200 : 780 })))

const turned = ({ x, y, width }: Written, angle: number): TextLine => {
  const centre = rotatePoint({ x: x + width / 2, y: y + 15 }, { x: 800, y: 800 }, angle)
  return { kind: 'text-line', outline: { kind: 'rotated-box', cx: centre.x, cy: centre.y, width, height: 30, angle }, baseline: null }
}

describe('reading order of found lines', () => {
  // By their rectangles, lines that climb by more than their height seem to change places.
  test.each([0, 0.5, 2, -2, 5, -8, 90, -90, 180])('columns on a page that lies askew by %d degrees are read one after the other', (angle) => {
    const shuffled = page.toSorted((a, b) => a.width - b.width || b.y - a.y)
    expect(inReadingOrder(shuffled, (line) => turned(line, angle)).map(({ text }) => text)).toEqual(page.map(({ text }) => text))
  })

  test('the direction is that of most of the text: one label that runs down does not turn the page', () => {
    const label = { ...page[0]!, text: 'label', x: 2000, y: 300, width: 100 }
    const lines = [label, ...page]
    const read = inReadingOrder(lines, (line) => (line === label ? { kind: 'text-line', outline: { kind: 'rotated-box', cx: 1900, cy: 160, width: 100, height: 30, angle: 90 }, baseline: null } : turned(line, 1)))
    expect(read.slice(0, 10).map(({ text }) => text)).toEqual(page.map(({ text }) => text))
  })

  test('nothing has no order', () => expect(inReadingOrder([], () => turned(page[0]!, 0))).toEqual([]))
})
