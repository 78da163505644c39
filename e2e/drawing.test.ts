import type { Annotation } from '#shared/model/annotation.ts'
import type { Change } from '#shared/model/change.ts'
import type { Point } from './pages/canvas.ts'
import type { Workbench } from './pages/workbench.ts'
import { expect, test } from './test.ts'

/** A photo of 640 × 427 pixels on which nobody has drawn anything. */
const photo = 'launch-pad.jpg'

test.beforeEach(async ({ fresh, workbench }) => {
  await workbench.open(fresh.url)
  await workbench.item(photo)
  await workbench.canvas.ready()
  await expect(workbench.annotations.getByRole('listitem')).toHaveCount(0)
  await workbench.label('person')
})

/** The one change of a gesture, by name. */
async function gesture(workbench: Workbench, name: string, work: () => Promise<unknown>): Promise<Change> {
  const changes = await workbench.during(async () => { await work() })
  expect(changes.map((change) => change.name)).toEqual([name])
  return changes[0]!
}

/** The annotation that a change drew, or what it became. */
function outcome({ diff }: Change): Annotation {
  const [record] = [...Object.values(diff.added), ...Object.values(diff.updated).map(([, to]) => to)]
  expect(record?.type).toBe('annotation')
  return record as Annotation
}

/** Coordinates are kept to a hundredth of a pixel. */
function expectNumbers(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  for (const [index, value] of expected.entries()) expect(Math.abs(actual[index]! - value), `number ${index}: ${actual[index]} for ${value}`).toBeLessThan(0.011)
}

function expectBox({ geometry }: Annotation, from: Point, to: Point): void {
  expect(geometry.kind).toBe('box')
  if (geometry.kind === 'box') expectNumbers([geometry.x, geometry.y, geometry.width, geometry.height], [from.x, from.y, to.x - from.x, to.y - from.y])
}

const flat = (points: Point[]) => points.flatMap(({ x, y }) => [x, y])

function expectRing({ geometry }: Annotation, points: Point[]): void {
  expect(geometry.kind).toBe('polygon')
  if (geometry.kind === 'polygon') expectNumbers(geometry.parts[0]![0]!, flat(points))
}

test('a box is drawn, moved, resized, given another label, duplicated and deleted, each gesture one change', async ({ page, workbench }) => {
  const { canvas, annotations } = workbench
  await workbench.tool('Box')
  let [from, to] = [{ x: 0, y: 0 }, { x: 0, y: 0 }]
  const drawn = await gesture(workbench, 'draw box', async () => { [from, to] = await canvas.drag({ x: 100, y: 90 }, { x: 240, y: 190 }) as [Point, Point] })
  expectBox(outcome(drawn), from, to)
  expect(drawn.durationMs).toBeGreaterThan(0)
  expect(Object.keys(drawn.diff.added)).toHaveLength(1)
  await expect(annotations.getByRole('listitem', { name: /^person · box · / })).toHaveCount(1)
  const asset = await canvas.ready()
  expect((await workbench.call('assets.open', { asset })).records).toContainEqual(outcome(drawn))

  await workbench.tool('Select')
  const moved = await gesture(workbench, 'move', async () => {
    const [start, end] = await canvas.drag({ x: 170, y: 140 }, { x: 215, y: 175 }) as [Point, Point]
    const by = { x: end.x - start.x, y: end.y - start.y }
    from = { x: from.x + by.x, y: from.y + by.y }
    to = { x: to.x + by.x, y: to.y + by.y }
  })
  expectBox(outcome(moved), from, to)

  const resized = await gesture(workbench, 'resize', async () => {
    const [start, end] = await canvas.drag(to, { x: to.x + 60, y: to.y - 30 }) as [Point, Point]
    to = { x: to.x + end.x - start.x, y: to.y + end.y - start.y }
  })
  const { geometry } = outcome(resized)
  // The grip is taken where the pointer meets it, at most half a pixel of the screen beside the corner.
  const half = 0.5 / await canvas.scale()
  expect(geometry.kind).toBe('box')
  if (geometry.kind === 'box') {
    expectNumbers([geometry.x, geometry.y], [from.x, from.y])
    expect(Math.abs(geometry.x + geometry.width - to.x)).toBeLessThanOrEqual(half + 0.02)
    expect(Math.abs(geometry.y + geometry.height - to.y)).toBeLessThanOrEqual(half + 0.02)
  }

  await gesture(workbench, 'change label', () => page.keyboard.press('2'))
  await expect(annotations.getByRole('listitem', { name: /^dog · box · / })).toHaveCount(1)

  await gesture(workbench, 'move', () => page.keyboard.press('ArrowRight'))
  const copied = await gesture(workbench, 'duplicate', () => page.keyboard.press('Control+d'))
  expect(Object.keys(copied.diff.added)).toHaveLength(1)
  await expect(annotations.getByRole('listitem')).toHaveCount(2)
  const deleted = await gesture(workbench, 'delete', () => page.keyboard.press('Delete'))
  expect(Object.keys(deleted.diff.removed)).toEqual(Object.keys(copied.diff.added))
  await expect(annotations.getByRole('listitem')).toHaveCount(1)
})

test('a rotated box follows its side and its width', async ({ workbench }) => {
  const { canvas } = workbench
  await workbench.tool('Rotated box')
  let [a, b, at] = [{ x: 0, y: 0 }, { x: 0, y: 0 }, { x: 0, y: 0 }]
  const drawn = await gesture(workbench, 'draw rotated box', async () => {
    [a, b] = await canvas.drag({ x: 120, y: 120 }, { x: 280, y: 200 }) as [Point, Point]
    at = await canvas.click({ x: 240, y: 280 })
  })
  const { geometry } = outcome(drawn)
  expect(geometry.kind).toBe('rotated-box')
  if (geometry.kind !== 'rotated-box') return
  const side = Math.hypot(b.x - a.x, b.y - a.y)
  const along = { x: (b.x - a.x) / side, y: (b.y - a.y) / side }
  const width = (at.x - a.x) * -along.y + (at.y - a.y) * along.x
  const centre = { x: (a.x + b.x) / 2 - along.y * width / 2, y: (a.y + b.y) / 2 + along.x * width / 2 }
  expectNumbers([geometry.cx, geometry.cy], [centre.x, centre.y])
  expect([geometry.width, geometry.height].map(Math.round).sort()).toEqual([side, Math.abs(width)].map(Math.round).sort())
  const turned = (geometry.angle - Math.atan2(along.y, along.x) * 180 / Math.PI) % 90
  expect(Math.min(Math.abs(turned), 90 - Math.abs(turned))).toBeLessThan(0.05)
})

test('a polygon is clicked; its vertices are moved, inserted and removed', async ({ page, workbench }) => {
  const { canvas } = workbench
  await workbench.tool('Polygon')
  const ring: Point[] = []
  const drawn = await gesture(workbench, 'draw polygon', async () => {
    for (const point of [{ x: 300, y: 100 }, { x: 460, y: 110 }, { x: 470, y: 260 }, { x: 310, y: 250 }]) ring.push(await canvas.click(point))
    await page.keyboard.press('Enter')
  })
  expectRing(outcome(drawn), ring)

  await workbench.tool('Select')
  const moved = await gesture(workbench, 'move vertex', async () => {
    const [, end] = await canvas.drag(ring[1]!, { x: 500, y: 80 })
    ring[1] = end!
  })
  expectRing(outcome(moved), ring)

  const inserted = await gesture(workbench, 'insert vertex', async () => {
    const middle = { x: (ring[2]!.x + ring[3]!.x) / 2, y: (ring[2]!.y + ring[3]!.y) / 2 }
    const [start, end] = await canvas.drag(middle, { x: 390, y: 320 })
    ring.splice(3, 0, { x: middle.x + end!.x - start!.x, y: middle.y + end!.y - start!.y })
  })
  expectRing(outcome(inserted), ring)

  const removed = await gesture(workbench, 'remove vertex', async () => {
    await canvas.click(ring[3]!)
    await page.keyboard.press('Backspace')
    ring.splice(3, 1)
  })
  expectRing(outcome(removed), ring)
})

test('a freehand polygon has the area of what was drawn', async ({ workbench }) => {
  await workbench.tool('Polygon')
  const [centre, radius] = [{ x: 320, y: 210 }, 100]
  const circle = Array.from({ length: 73 }, (_, index) => {
    const angle = index * Math.PI / 36
    return { x: centre.x + radius * Math.cos(angle), y: centre.y + radius * Math.sin(angle) }
  })
  const drawn = await gesture(workbench, 'draw polygon', () => workbench.canvas.drag(...circle))
  const { geometry } = outcome(drawn)
  expect(geometry.kind).toBe('polygon')
  if (geometry.kind !== 'polygon') return
  const ring = geometry.parts[0]![0]!
  // Simplified: fewer vertices than points of the stroke, the area all the same (shoelace).
  expect(ring.length / 2).toBeLessThan(circle.length)
  const doubled = ring.reduce((sum, value, index) => sum + (index % 2 === 0 ? value * ring[(index + 3) % ring.length]! : -value * ring[(index + 1) % ring.length]!), 0)
  expect(Math.abs(doubled / 2) / (Math.PI * radius ** 2)).toBeCloseTo(1, 1)
})

test('attributes and a text from right to left are kept with the region', async ({ page, workbench }) => {
  const { attributes, canvas } = workbench
  await workbench.label('cup')
  await workbench.tool('Box')
  await gesture(workbench, 'draw box', () => canvas.drag({ x: 60, y: 60 }, { x: 160, y: 140 }))
  await gesture(workbench, 'change attribute', () => attributes.getByRole('checkbox', { name: 'Occluded' }).click())
  const coloured = await gesture(workbench, 'change attribute', () => workbench.choose(attributes, 'Colour', 'red'))
  expect(outcome(coloured).attributes).toEqual({ occluded: true, colour: 'red' })
  await gesture(workbench, 'change direction', () => workbench.choose(attributes, 'Direction', 'Right to left'))
  const field = attributes.getByRole('textbox', { name: 'Text' })
  const typed = await gesture(workbench, 'type text', async () => {
    await field.pressSequentially('שלום 12\nعالم')
    await page.keyboard.press('Control+Enter')
  })
  expect(outcome(typed)).toMatchObject({ text: 'שלום 12\nعالم', direction: 'rtl' })
  await expect(field).toHaveCSS('direction', 'rtl')
  await expect(workbench.annotations.getByRole('listitem')).toContainText('שלום 12')
})
