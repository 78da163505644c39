import { expect, test } from 'vitest'
import { annotationOf } from '../testing/records.ts'
import { script } from '../testing/script.ts'

const cup = [20, 30, 40, 20] as const
const cupRing = [60, 30, 60, 50, 20, 50, 20, 30]
const polygon = (...ring: number[]) => ({ kind: 'polygon', parts: [[ring]] })
const old = annotationOf('old', { kind: 'polygon', parts: [[[10, 10, 30, 10, 30, 30, 10, 30]]] }, { order: 1 })

test('a click asks, the answer is seen, Enter accepts it as the person’s own with its origin', () => {
  const tool = script('click-to-segment').click(30, 40)
  expect(tool.question()).toMatchObject({ prompt: { points: [{ x: 30, y: 40, positive: true }], box: null }, previous: null, start: null, hover: false })
  expect(tool.preview()).toHaveLength(1)
  tool.answer(cup)
  expect(tool.preview()[0]!.geometry).toEqual(polygon(...cupRing))
  tool.expectNoCommit().enter().expectCommit('segment object').expectSelected('drawn-1')
  expect(tool.geometry('drawn-1')).toEqual(polygon(...cupRing))
  const { provenance, draft } = tool.annotation('drawn-1')!
  expect(draft).toBe(false)
  expect(provenance).toMatchObject({ by: 'human', origin: { by: 'model', model: 'cutter', hash: 'abc', score: 0.9, settings: { output: 'polygon', prompts: { points: [{ x: 30, y: 40, positive: true }] } } } })
  expect(tool.busy()).toBe(false)
})

test('further clicks go on from the answer before; Shift and Alt take away', () => {
  const tool = script('click-to-segment').click(30, 40).answer(cup)
  const first = tool.question()
  expect(first).toBeNull()
  tool.click(55, 45, { shift: true })
  expect(tool.question()).toMatchObject({ previous: expect.any(Number), prompt: { points: [{ positive: true }, { x: 55, y: 45, positive: false }] } })
  tool.answer([20, 30, 30, 20]).click(22, 32, { alt: true })
  expect(tool.question()!.prompt.points.map(({ positive }) => positive)).toEqual([true, false, false])
})

test('Backspace takes the last click back and asks anew from the beginning; the last one ends it', () => {
  const tool = script('click-to-segment').click(30, 40).answer(cup).click(90, 90).answer([0, 0, 100, 100]).backspace()
  expect(tool.question()).toMatchObject({ previous: null, prompt: { points: [{ x: 30, y: 40 }] } })
  tool.answer(cup).backspace()
  expect(tool.busy()).toBe(false)
  expect(tool.question()).toBeNull()
  tool.enter().expectNoCommit()
})

test('a drag is a box, with a click after it for what the box did not get', () => {
  const tool = script('click-to-segment').drag(60, 50, 20, 30)
  expect(tool.question()!.prompt).toEqual({ points: [], box: { minX: 20, minY: 30, maxX: 60, maxY: 50 } })
  tool.answer(cup).click(25, 35, { shift: true })
  expect(tool.question()!.prompt).toMatchObject({ points: [{ positive: false }], box: { minX: 20 } })
  tool.drag(0, 0, 50, 50)
  expect(tool.question()!.prompt.box).toEqual({ minX: 0, minY: 0, maxX: 50, maxY: 50 })
})

test('with Ctrl a drag is a stroke over the object, with Shift one over what is beside it', () => {
  const tool = script('click-to-segment').drag(0, 10, 96, 10, { mod: true })
  expect(tool.question()!.prompt.points.map(({ x }) => x)).toEqual([0, 24, 48, 72, 96])
  tool.answer(cup).drag(0, 90, 24, 90, { shift: true })
  expect(tool.question()!.prompt.points.slice(5)).toEqual([{ x: 0, y: 90, positive: false }, { x: 24, y: 90, positive: false }])
  expect(tool.question()!.prompt.box).toBeNull()
})

test('the first click cannot be one of what does not belong', () => {
  const tool = script('click-to-segment').click(30, 40, { shift: true })
  expect(tool.question()).toBeNull()
  expect(tool.busy()).toBe(false)
  expect(tool.hint()).toContain('Click first on what belongs')
})

test('what the pointer rests on is asked without being shown; a click there needs no second answer', () => {
  const tool = script('click-to-segment').move(30, 40)
  expect(tool.question()).toMatchObject({ hover: true })
  expect(tool.busy()).toBe(false)
  tool.answer(cup)
  expect(tool.preview()[0]).toMatchObject({ tentative: true })
  tool.down(30, 40).up()
  expect(tool.question()).toBeNull()
  tool.enter().expectCommit('segment object')
})

test('what was found under the pointer goes when the pointer leaves it', () => {
  const tool = script('click-to-segment').move(30, 40).answer(cup).move(32, 41)
  expect(tool.preview()).toHaveLength(1)
  tool.move(90, 90)
  expect(tool.preview()).toHaveLength(0)
})

test('only the answer to the newest question counts', () => {
  const tool = script('click-to-segment').click(30, 40)
  const { number } = tool.question()!
  tool.click(50, 45).answer([0, 0, 5, 5], number)
  expect(tool.question()).not.toBeNull()
  tool.answer(cup).enter()
  expect(tool.geometry('drawn-1')).toEqual(polygon(...cupRing))
})

test('Enter before the answer accepts it when it comes; so does a double click', () => {
  script('click-to-segment').click(30, 40).enter().expectNoCommit().answer(cup).expectCommit('segment object')
  script('click-to-segment').click(30, 40).enter().click(50, 45).answer(cup).expectNoCommit()
})

test('nothing found: it is said, and Enter saves nothing', () => {
  const tool = script('click-to-segment').click(30, 40).answer(null)
  expect(tool.hint()).toContain('Nothing was found there')
  tool.enter().expectNoCommit()
  expect(tool.busy()).toBe(true)
})

test('clicks before the model is ready are kept and answered then', () => {
  const tool = script('click-to-segment').send({ type: 'preparing', what: 'Looking at the picture, 2 of about 4 s' })
  expect(tool.hint()).toBe('Looking at the picture, 2 of about 4 s. You can click already')
  tool.click(30, 40)
  expect(tool.hint()).toContain('Your click is kept')
  tool.enter().send({ type: 'preparing', what: null }).answer(cup).expectCommit('segment object')
})

test('a failure is said in the hint; the next click asks again', () => {
  const tool = script('click-to-segment').click(30, 40)
  tool.send({ type: 'no-answer', number: tool.question()!.number, why: 'The model did not answer for 40 s' })
  expect(tool.hint()).toContain('did not answer')
  expect(tool.question()).toBeNull()
  tool.click(31, 41).answer(cup).enter().expectCommit('segment object')
})

test('Escape drops what was shown and saves nothing', () => {
  const tool = script('click-to-segment').click(30, 40).answer(cup).escape()
  expect(tool.busy()).toBe(false)
  expect(tool.preview()).toHaveLength(0)
  tool.enter().expectNoCommit()
})

test('a selected polygon is where the model begins, and becomes what it answers', () => {
  const tool = script('click-to-segment', { annotations: [old], selection: ['old'] }).move(5, 5)
  expect(tool.hint()).toContain('selected shape')
  expect(tool.question()).toBeNull()
  tool.click(35, 20)
  expect(tool.question()).toMatchObject({ start: old.geometry, previous: null, prompt: { box: { minX: 10, minY: 10, maxX: 35, maxY: 30 } } })
  tool.answer(cup)
  expect(tool.preview()[0]).toMatchObject({ replaces: old.id })
  tool.click(40, 20)
  expect(tool.question()).toMatchObject({ start: null, previous: expect.any(Number) })
  tool.answer(cup).enter().expectCommit('refine shape').expectSelected('old')
  expect(tool.annotation('old')).toMatchObject({ geometry: polygon(...cupRing), provenance: { by: 'human', origin: { by: 'model', model: 'cutter' } } })
})

test('a first click of what does not belong refines a selected shape', () => {
  const tool = script('click-to-segment', { annotations: [old], selection: ['old'] }).click(25, 25, { shift: true })
  // The shape itself says what does belong.
  expect(tool.question()).toMatchObject({ start: old.geometry, prompt: { points: [{ positive: false }], box: { minX: 10, minY: 10, maxX: 30, maxY: 30 } } })
  tool.answer(cup).click(28, 12)
  tool.backspace()
  expect(tool.question()).toMatchObject({ start: old.geometry, previous: null, prompt: { box: { minX: 10 } } })
})

test('Escape lets a selected shape go, so that the next click begins a new one', () => {
  const tool = script('click-to-segment', { annotations: [old], selection: ['old'] }).escape().expectSelected().click(30, 40).answer(cup).enter()
  tool.expectCommit('segment object')
  expect(tool.geometry('old')).toEqual(old.geometry)
})

test('what was just accepted is selected but not refined by the next click; a shape of another kind or person never is', () => {
  const tool = script('click-to-segment').click(30, 40).answer(cup).enter().expectCommit('segment object').click(80, 80)
  expect(tool.question()).toMatchObject({ start: null })
  tool.answer([70, 70, 20, 20]).enter().expectCommit('segment object')
  expect(tool.geometry('drawn-1')).toEqual(polygon(...cupRing))
  const box = annotationOf('box', { kind: 'box', x: 0, y: 0, width: 9, height: 9 })
  expect(script('click-to-segment', { annotations: [box], selection: ['box'] }).click(5, 5).question()).toMatchObject({ start: null })
  expect(script('click-to-segment', { annotations: [old], selection: ['old'], locked: ['old'] }).click(5, 5).question()).toMatchObject({ start: null })
})

test('by a switch the shape is a mask', () => {
  const tool = script('click-to-segment', { output: 'mask' }).click(30, 40).answer(cup).enter().expectCommit('segment object')
  expect(tool.geometry('drawn-1')).toEqual({ kind: 'mask', x: 20, y: 30, width: 40, height: 20, counts: [0, 800] })
})
