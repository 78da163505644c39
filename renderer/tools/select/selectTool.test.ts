import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { annotationOf } from '../testing/records.ts'
import { script } from '../testing/script.ts'

const box = (x: number, y: number, width: number, height: number): Geometry => ({ kind: 'box', x, y, width, height })
const square: Geometry = { kind: 'polygon', parts: [[[20, 20, 60, 20, 60, 60, 20, 60]]] }
const big = annotationOf('big', box(0, 0, 80, 80), { order: 0 })
const small = annotationOf('small', box(20, 20, 20, 20), { order: 1 })
const both = { annotations: [big, small] }
const one = (geometry: Geometry, change: Partial<Annotation> = {}) => ({ annotations: [annotationOf('one', geometry, change)], selection: ['one'] })

// Clicks

test('a click selects the topmost, repeated clicks go below and round', () => {
  script('select', both).click(30, 30).expectSelected('small').click(30, 30).expectSelected('big').click(30, 30).expectSelected('small').expectNoCommit()
})

test('a click elsewhere begins at the top again', () => {
  script('select', both).click(30, 30).click(30, 30).expectSelected('big').click(36, 34).expectSelected('small')
})

test('shift-click toggles, a click on nothing selects nothing', () => {
  script('select', both).click(30, 30).click(70, 70, { shift: true }).expectSelected('small', 'big').click(30, 30, { shift: true }).expectSelected('big').click(90, 90).expectSelected()
})

test('escape clears the selection', () => script('select', both).click(30, 30).escape().expectSelected())

// Marquee

test('a marquee selects what it meets, not what it only nears', () => {
  const far = annotationOf('far', { kind: 'polygon', parts: [[[90, 50, 99, 50, 99, 99]]] })
  const tool = script('select', { annotations: [small, far] }).down(10, 95).move(45, 35)
  expect(tool.marquee()).toEqual({ minX: 10, minY: 35, maxX: 45, maxY: 95 })
  tool.up().expectSelected('small').expectNoCommit()
  // The triangle's bounds meet this marquee, the triangle does not.
  script('select', { annotations: [small, far] }).drag(85, 90, 94, 99).expectSelected()
})

test('a marquee with shift adds', () => script('select', { annotations: [small], selection: ['big'] }).drag(10, 10, 50, 50, { shift: true }).expectSelected('big', 'small'))

// Move

test('a drag moves what it presses', () => {
  const tool = script('select', both).drag(30, 30, 35, 40).expectCommit('move').expectSelected('small')
  expect(tool.geometry('small')).toEqual(box(25, 30, 20, 20))
})

test('a drag moves the whole selection in one commit, and each keeps its place to the others at the border', () => {
  const tool = script('select', { ...both, selection: ['big', 'small'] }).drag(30, 30, 90, 30)
  expect(Object.keys(tool.commits()[0]!.diff.updated)).toHaveLength(2)
  tool.expectCommit('move')
  expect([tool.geometry('big'), tool.geometry('small')]).toEqual([box(20, 0, 80, 80), box(40, 20, 20, 20)])
})

test('while it moves, the preview replaces the stored shape', () => {
  expect(script('select', both).down(30, 30).move(40, 30).preview()).toEqual([{ geometry: box(30, 20, 20, 20), replaces: 'annotation:small', open: false }])
})

test('escape in the middle of a drag restores', () => {
  const tool = script('select', both).down(30, 30).move(50, 50).escape().up().expectNoCommit()
  expect(tool.geometry('small')).toEqual(small.geometry)
  expect(tool.preview()).toEqual([])
})

test('a drag that comes back commits nothing', () => script('select', both).down(30, 30).move(50, 50).move(30, 30).up().expectNoCommit())

test('shift moves along one axis', () => {
  expect(script('select', one(box(20, 20, 20, 20))).down(30, 30).move(34, 45, { shift: true }).up({ shift: true }).geometry('one')).toEqual(box(20, 35, 20, 20))
})

test("another person's shape is selected but does not move", () => {
  const tool = script('select', { ...both, locked: ['small'] }).drag(30, 30, 50, 50).expectNoCommit().expectSelected('small')
  expect(tool.nudge(1, 0).expectNoCommit().geometry('small')).toEqual(small.geometry)
})

test('an edited draft becomes a label of the person, and its origin stays', () => {
  const model = { by: 'model' as const, model: 'm', version: '1', hash: 'h', settings: {}, score: 0.5, backend: 'cpu', at: 0 }
  const moved = script('select', one(box(20, 20, 20, 20), { draft: true, provenance: model })).drag(30, 30, 40, 40).annotation('one')
  expect(moved).toMatchObject({ draft: false, provenance: { by: 'human', origin: model } })
})

test('arrows nudge within the image', () => {
  const tool = script('select', one(box(85, 20, 10, 10))).nudge(1, 0).expectCommit('move').nudge(10, 0).expectCommit('move').nudge(10, 0).expectNoCommit()
  expect(tool.geometry('one')).toEqual(box(90, 20, 10, 10))
})

test('a mask moves by whole pixels', () => {
  const mask: Geometry = { kind: 'mask', x: 20, y: 20, width: 10, height: 10, counts: [0, 100] }
  expect(script('select', one(mask)).drag(25, 25, 31.7, 25).expectCommit('move').geometry('one')).toEqual({ ...mask, x: 26 })
})

// Sides

test('a side grip resizes and does not jump to the pointer', () => {
  const tool = script('select', one(box(20, 20, 40, 20))).drag(61, 29, 71, 45).expectCommit('resize')
  expect(tool.geometry('one')).toEqual(box(20, 20, 50, 20))
})

test('shift keeps the proportions, alt the centre', () => {
  expect(script('select', one(box(20, 20, 40, 20))).drag(60, 40, 80, 41, { shift: true }).geometry('one')).toEqual(box(20, 20, 60, 30))
  expect(script('select', one(box(20, 20, 40, 20))).drag(60, 40, 70, 45, { alt: true }).geometry('one')).toEqual(box(10, 15, 60, 30))
})

test('a rotated box resizes in its own frame and turns by its grip', () => {
  const tilted: Geometry = { kind: 'rotated-box', cx: 50, cy: 50, width: 40, height: 20, angle: 90 }
  // Its east side looks down.
  expect(script('select', one(tilted)).drag(50, 70, 50, 80).expectCommit('resize').geometry('one')).toEqual({ ...tilted, cy: 55, width: 50 })
  const turned = script('select', one({ ...tilted, angle: 0 })).drag(50, 16, 88, 53, { shift: true }).expectCommit('rotate')
  expect(turned.geometry('one')).toEqual(tilted)
})

test("a text line's outline resizes and its baseline's vertices move", () => {
  const line: Geometry = { kind: 'text-line', outline: { kind: 'box', x: 20, y: 20, width: 40, height: 20 }, baseline: [22, 33, 50, 33] }
  expect(script('select', one(line)).drag(60, 30, 70, 30).expectCommit('resize').geometry('one')).toMatchObject({ outline: { width: 50 } })
  expect(script('select', one(line)).drag(50, 33, 52, 36).expectCommit('move vertex').geometry('one')).toMatchObject({ baseline: [22, 33, 52, 36] })
})

// Vertices

const ringOf = (tool: ReturnType<typeof script>) => (tool.geometry('one') as Extract<Geometry, { kind: 'polygon' }>).parts[0]![0]

test('a vertex moves, within the image', () => {
  expect(ringOf(script('select', one(square)).drag(60, 60, 130, 65).expectCommit('move vertex'))).toEqual([20, 20, 60, 20, 100, 65, 20, 60])
})

test('a click on the middle of an edge inserts a vertex, a drag there moves it', () => {
  const tool = script('select', one(square)).click(40, 21).expectCommit('insert vertex')
  expect(ringOf(tool)).toEqual([20, 20, 40, 20, 60, 20, 60, 60, 20, 60])
  expect(tool.vertex()).toMatchObject({ index: 1 })
  expect(ringOf(script('select', one(square)).drag(40, 20, 40, 5).expectCommit('insert vertex'))).toEqual([20, 20, 40, 5, 60, 20, 60, 60, 20, 60])
})

test('a double click on an edge inserts a vertex on it', () => {
  expect(ringOf(script('select', one(square)).doubleClick(61, 30).expectCommit('insert vertex'))).toEqual([20, 20, 60, 20, 60, 30, 60, 60, 20, 60])
})

test('alt-click removes a vertex, and so does backspace on the selected one', () => {
  expect(ringOf(script('select', one(square)).click(60, 60, { alt: true }).expectCommit('remove vertex'))).toEqual([20, 20, 60, 20, 20, 60])
  expect(ringOf(script('select', one(square)).click(60, 60).expectNoCommit().backspace().expectCommit('remove vertex'))).toEqual([20, 20, 60, 20, 20, 60])
})

test('backspace without a selected vertex is not the tool’s', () => script('select', one(square)).backspace().expectNoCommit())

test('a triangle does not lose a vertex', () => {
  script('select', one({ kind: 'polygon', parts: [[[20, 20, 60, 20, 60, 60]]] })).click(60, 60, { alt: true }).expectNoCommit()
})

test('a hole that falls below three points goes', () => {
  const holed: Geometry = { kind: 'polygon', parts: [[[0, 0, 90, 0, 90, 90, 0, 90], [20, 20, 40, 20, 40, 40]]] }
  expect(script('select', one(holed)).click(40, 40, { alt: true }).expectCommit('remove vertex').geometry('one')).toEqual({ kind: 'polygon', parts: [[[0, 0, 90, 0, 90, 90, 0, 90]]] })
})

test('arrows move the selected vertex, escape lets it go', () => {
  const tool = script('select', one(square)).click(60, 60).nudge(0, 10).expectCommit('move vertex')
  expect(ringOf(tool)).toEqual([20, 20, 60, 20, 60, 70, 20, 60])
  tool.escape().expectSelected('one').nudge(1, 0).expectCommit('move')
})

test('points, keypoints and polylines move their vertices', () => {
  expect(script('select', one({ kind: 'points', points: [20, 20, 60, 60] })).drag(60, 60, 70, 62).expectCommit('move vertex').geometry('one')).toEqual({ kind: 'points', points: [20, 20, 70, 62] })
  expect(script('select', one({ kind: 'keypoints', points: [{ x: 20, y: 20, visibility: 2 }] })).drag(20, 20, 30, 25).expectCommit('move vertex').geometry('one'))
    .toEqual({ kind: 'keypoints', points: [{ x: 30, y: 25, visibility: 2 }] })
  expect(script('select', one({ kind: 'polyline', points: [20, 20, 60, 20] })).click(40, 20).expectCommit('insert vertex').geometry('one')).toEqual({ kind: 'polyline', points: [20, 20, 40, 20, 60, 20] })
})

test('what is moved has coordinates of two decimals, and less than that is no move', () => {
  expect(script('select', one(box(20, 20, 20, 20))).drag(30, 30, 35.1234, 40.5678).expectCommit('move').geometry('one')).toEqual(box(25.12, 30.57, 20, 20))
  script('select', one(box(20, 20, 20, 20))).nudge(0.001, 0).expectNoCommit()
})
