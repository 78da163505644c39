import { expect, test } from 'vitest'
import { script } from '../testing/script.ts'

const outline = (name: string, from: ReturnType<typeof script>) => {
  const geometry = from.geometry(name)
  return geometry?.kind === 'text-line' ? geometry.outline : null
}

test('a drag draws a box and selects it', () => {
  const line = script('text-line').drag(10, 20, 60, 40).expectCommit('draw text line').expectSelected('drawn-1')
  expect(outline('drawn-1', line)).toEqual({ kind: 'box', x: 10, y: 20, width: 50, height: 20 })
  expect(line.busy()).toBe(false)
})

test('four clicks draw a quadrilateral, in the order of the clicks', () => {
  const line = script('text-line').click(10, 10).click(60, 15).click(58, 40).expectNoCommit().click(12, 30)
  expect(outline('drawn-1', line.expectCommit('draw text line'))).toEqual({ kind: 'polygon', parts: [[[10, 10, 60, 15, 58, 40, 12, 30]]] })
})

test('backspace takes a corner back, a second click in one place adds none, escape ends it', () => {
  const line = script('text-line').click(10, 10).click(60, 15).click(60, 15).backspace().click(70, 15).click(58, 40).click(12, 30)
  expect(outline('drawn-1', line.expectCommit('draw text line'))).toEqual({ kind: 'polygon', parts: [[[10, 10, 70, 15, 58, 40, 12, 30]]] })
  expect(script('text-line').click(10, 10).escape().busy()).toBe(false)
})

test('with shift a drag along the text and a click for the height draw a tilted box', () => {
  const line = script('text-line').down(10, 10, { shift: true }).move(30, 30, { shift: true }).move(50, 50, { shift: true }).up().move(40, 60).click(40, 60)
  expect(outline('drawn-1', line.expectCommit('draw text line'))).toMatchObject({ kind: 'rotated-box', angle: 45 })
})

test('with alt clicks draw a polygon that Enter closes', () => {
  const line = script('text-line').click(10, 10, { alt: true }).click(50, 5).click(90, 10).click(90, 30).click(10, 30).enter()
  expect(outline('drawn-1', line.expectCommit('draw text line'))).toMatchObject({ kind: 'polygon', parts: [[expect.any(Array)]] })
})
