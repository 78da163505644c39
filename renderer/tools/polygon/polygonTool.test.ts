import { expect, test } from 'vitest'
import { annotationOf } from '../testing/records.ts'
import { script } from '../testing/script.ts'

const ring = (...coordinates: number[]) => ({ kind: 'polygon' as const, parts: [[coordinates]] })
const triangle = ring(10, 10, 40, 10, 40, 40)
const three = () => script('polygon').click(10, 10).click(40, 10).click(40, 40)

test('clicks set vertices, enter closes', () => {
  const polygon = three()
  expect(polygon.expectNoCommit().hint()).toBe('Enter closes, ⌫ removes a point, Esc cancels')
  expect(polygon.enter().expectCommit('draw polygon').expectSelected('drawn-1').geometry('drawn-1')).toEqual(triangle)
})

test('a double click closes and its second half adds no vertex', () => {
  expect(script('polygon').click(10, 10).click(40, 10).doubleClick(40, 40).expectCommit('draw polygon').geometry('drawn-1')).toEqual(triangle)
})

test('a click on the first vertex closes', () => {
  expect(three().click(12, 11).expectCommit('draw polygon').geometry('drawn-1')).toEqual(triangle)
})

test('two points do not close, nor do three on one line', () => {
  expect(script('polygon').click(10, 10).click(40, 10).enter().expectNoCommit().busy()).toBe(true)
  script('polygon').click(10, 10).click(20, 10).click(40, 10).enter().expectNoCommit()
})

test('backspace removes the last vertex, down to none', () => {
  const polygon = script('polygon').click(10, 10).click(40, 10).click(60, 60).backspace().click(40, 40).enter()
  expect(polygon.expectCommit('draw polygon').geometry('drawn-1')).toEqual(triangle)
  expect(three().backspace().backspace().backspace().busy()).toBe(false)
})

test('escape cancels', () => expect(three().escape().enter().expectNoCommit().busy()).toBe(false))

test('a drag draws freehand with fewer points than moves, and closes when it comes home', () => {
  const polygon = script('polygon').down(10, 10)
  for (let x = 11; x <= 60; x++) polygon.move(x, 10)
  for (let y = 11; y <= 60; y++) polygon.move(60, y)
  for (let i = 59; i >= 11; i--) polygon.move(i, i)
  polygon.up().expectCommit('draw polygon')
  expect(polygon.geometry('drawn-1')).toEqual(ring(10, 10, 60, 10, 60, 60))
})

test('freehand and clicks mix', () => {
  const polygon = script('polygon').down(10, 10).move(20, 10).move(30, 10).move(40, 10).up().click(40, 40).enter()
  expect(polygon.expectCommit('draw polygon').geometry('drawn-1')).toEqual(triangle)
})

test('backspace in a stroke takes the stroke alone', () => {
  const polygon = script('polygon').click(10, 10).click(40, 10).down(40, 40).move(60, 70).move(90, 90).backspace().up().enter()
  expect(polygon.expectCommit('draw polygon').geometry('drawn-1')).toEqual(triangle)
})

const neighbour = annotationOf('neighbour', ring(50.123, 10, 90, 10, 90, 60, 50.123, 60))

test('alt snaps to a vertex of another shape exactly', () => {
  const polygon = script('polygon', { annotations: [neighbour] }).click(20, 10).click(47, 12, { alt: true }).click(53, 57, { alt: true }).enter()
  expect(polygon.geometry('drawn-1')).toEqual(ring(20, 10, 50.123, 10, 50.123, 60))
})

test('alt snaps to an edge of another shape where no vertex is near', () => {
  const polygon = script('polygon', { annotations: [neighbour] }).click(20, 10).click(47, 30, { alt: true }).click(20, 50).enter()
  expect(polygon.geometry('drawn-1')).toEqual(ring(20, 10, 50.12, 30, 20, 50))
})

test('without alt, and beyond 6 CSS pixels, nothing snaps', () => {
  expect(script('polygon', { annotations: [neighbour] }).click(20, 10).click(47, 12).click(20, 50).enter().geometry('drawn-1')).toEqual(ring(20, 10, 47, 12, 20, 50))
  expect(script('polygon', { annotations: [neighbour], scale: 4 }).click(20, 10).click(47, 12, { alt: true }).click(20, 50).enter().geometry('drawn-1'))
    .toEqual(ring(20, 10, 47, 12, 20, 50))
})

test('a ring that crosses itself is named in the hint and allowed', () => {
  const bowTie = script('polygon').click(10, 10).click(60, 60).click(60, 10).move(10, 60)
  expect(bowTie.hint()).toContain('crosses itself')
  expect(bowTie.click(10, 60).enter().expectCommit('draw polygon').geometry('drawn-1')).toEqual(ring(10, 10, 60, 60, 60, 10, 10, 60))
})

test('points stay in the image', () => {
  expect(script('polygon').click(10, 10).click(140, 10).click(40, 140).enter().geometry('drawn-1')).toEqual(ring(10, 10, 100, 10, 40, 100))
})

test('the preview is an open ring whose last point is under the pointer', () => {
  expect(script('polygon').click(10, 10).move(20, 20).preview()).toEqual([{ geometry: ring(10, 10, 20, 20), replaces: null, open: true }])
})

test('with two points a click near the first is a third vertex', () => {
  expect(script('polygon').click(10, 10).click(40, 10).click(12, 14).enter().expectCommit('draw polygon').geometry('drawn-1')).toEqual(ring(10, 10, 40, 10, 12, 14))
})
