import { expect, test } from 'vitest'
import { script } from '../testing/script.ts'

const drawn = (x: number, y: number, width: number, height: number) => ({ kind: 'box', x, y, width, height })

test('a drag draws a box and selects it', () => {
  const box = script('box').down(10, 20).move(15, 25).move(40, 60).up()
  box.expectCommit('draw box').expectSelected('drawn-1')
  expect(box.geometry('drawn-1')).toEqual(drawn(10, 20, 30, 40))
  expect(box.busy()).toBe(false)
})

test('a drag up and to the left draws the same box', () => {
  expect(script('box').drag(40, 60, 10, 20).expectCommit('draw box').geometry('drawn-1')).toEqual(drawn(10, 20, 30, 40))
})

test('two clicks draw a box', () => {
  const box = script('box').click(10, 20).expectNoCommit().move(30, 30)
  expect(box.preview()[0]!.geometry).toEqual(drawn(10, 20, 20, 10))
  expect(box.click(40, 60).expectCommit('draw box').geometry('drawn-1')).toEqual(drawn(10, 20, 30, 40))
})

test('a drag of less than 3 CSS pixels is a click, however far it is in the image', () => {
  const box = script('box', { scale: 0.1 }).drag(10, 10, 30, 30).expectNoCommit()
  expect(box.busy()).toBe(true)
  expect(script('box', { scale: 10 }).drag(10, 10, 10.2, 10.2).expectNoCommit().busy()).toBe(true)
})

test('a double click in one place draws nothing', () => {
  expect(script('box').doubleClick(10, 10).expectNoCommit().busy()).toBe(false)
})

test('shift draws a square, alt from the centre', () => {
  expect(script('box').drag(10, 10, 30, 15, { shift: true }).geometry('drawn-1')).toEqual(drawn(10, 10, 20, 20))
  expect(script('box').drag(50, 50, 60, 55, { alt: true }).geometry('drawn-1')).toEqual(drawn(40, 45, 20, 10))
  expect(script('box').drag(50, 50, 60, 55, { alt: true, shift: true }).geometry('drawn-1')).toEqual(drawn(40, 40, 20, 20))
})

test('the box stays in the image, and a square stays square there', () => {
  expect(script('box').drag(90, 90, 150, 130).geometry('drawn-1')).toEqual(drawn(90, 90, 10, 10))
  expect(script('box').drag(-20, -20, 30, 40).geometry('drawn-1')).toEqual(drawn(0, 0, 30, 40))
  expect(script('box').drag(90, 50, 95, 90, { shift: true }).geometry('drawn-1')).toEqual(drawn(90, 50, 10, 10))
})

test('a box without an area is not drawn', () => script('box').drag(10, 10, 50, 10).expectNoCommit())

test('a drag outside the image draws nothing', () => script('box').drag(120, 120, 150, 150).expectNoCommit())

test('escape cancels the drag and the waiting corner', () => {
  script('box').down(10, 10).move(40, 40).escape().up().expectNoCommit()
  expect(script('box').click(10, 10).escape().click(40, 40).expectNoCommit().busy()).toBe(true)
})

test('coordinates have two decimals', () => {
  expect(script('box').drag(10.1234, 10.1234, 20.5678, 30.9876).geometry('drawn-1')).toEqual(drawn(10.12, 10.12, 10.45, 20.87))
})
