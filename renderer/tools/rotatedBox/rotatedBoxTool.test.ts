import { expect, test } from 'vitest'
import { script } from '../testing/script.ts'

const horizontal = { kind: 'rotated-box', cx: 30, cy: 25, width: 40, height: 10, angle: 0 }

test('drag the first side, then click the width', () => {
  const box = script('rotated-box').drag(10, 20, 50, 20).expectNoCommit().move(20, 28)
  expect(box.preview()[0]!.geometry).toMatchObject({ height: 8 })
  expect(box.click(20, 30).expectCommit('draw rotated box').expectSelected('drawn-1').geometry('drawn-1')).toEqual(horizontal)
})

test('three clicks draw the same box', () => {
  expect(script('rotated-box').click(10, 20).click(50, 20).click(33, 30).expectCommit('draw rotated box').geometry('drawn-1')).toEqual(horizontal)
})

test('the angle is that of the first side, clockwise', () => {
  expect(script('rotated-box').drag(10, 10, 40, 40).click(10, 40).geometry('drawn-1')).toMatchObject({ angle: 45, width: 42.43, height: 21.21 })
})

test('shift turns the side by steps of 15°', () => {
  const box = script('rotated-box').drag(10, 20, 50, 22, { shift: true }).click(30, 30).geometry('drawn-1')
  expect(box).toMatchObject({ angle: 0 })
})

test('backspace goes back one point, then to the beginning', () => {
  const box = script('rotated-box').drag(10, 20, 40, 30).backspace()
  expect(box.busy()).toBe(true)
  expect(box.click(50, 20).click(33, 30).expectCommit('draw rotated box').geometry('drawn-1')).toEqual(horizontal)
  expect(script('rotated-box').click(10, 20).backspace().busy()).toBe(false)
})

test('escape cancels', () => {
  expect(script('rotated-box').drag(10, 20, 40, 30).escape().expectNoCommit().busy()).toBe(false)
})

test('a width of nothing waits for a farther point', () => {
  const box = script('rotated-box').drag(10, 20, 50, 20).click(30, 20).expectNoCommit()
  expect(box.busy()).toBe(true)
  box.click(30, 30).expectCommit('draw rotated box')
})
