import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Annotation } from '#shared/model/annotation.ts'
import { annotationOf } from './testing/records.ts'
import { script } from './testing/script.ts'
import { toolbar, tools } from './registry.ts'
import type { ToolId } from './tool.ts'

const annotations = [
  annotationOf('box', { kind: 'box', x: 10, y: 10, width: 40, height: 30 }, { order: 1, draft: true }),
  annotationOf('tilted', { kind: 'rotated-box', cx: 50, cy: 50, width: 40, height: 20, angle: 30 }, { order: 2 }),
  annotationOf('holed', { kind: 'polygon', parts: [[[20, 20, 90, 20, 90, 90, 20, 90], [40, 40, 60, 40, 60, 60]], [[0, 0, 9, 0, 9, 9]]] }, { order: 3 }),
  annotationOf('mask', { kind: 'mask', x: 30, y: 60, width: 10, height: 10, counts: [0, 100] }, { order: 4 }),
  annotationOf('line', { kind: 'polyline', points: [5, 95, 50, 60, 95, 95] }, { order: 5 }),
  annotationOf('points', { kind: 'points', points: [70, 10, 80, 15] }, { order: 6 }),
  annotationOf('pose', { kind: 'keypoints', points: [{ x: 70, y: 30, visibility: 2 }, { x: 80, y: 35, visibility: 0 }] }, { order: 7 }),
  annotationOf('text', { kind: 'text-line', outline: { kind: 'polygon', parts: [[[10, 70, 60, 70, 60, 80, 10, 80]]] }, baseline: [10, 78, 60, 78] }, { order: 8 }),
  annotationOf('theirs', { kind: 'box', x: 60, y: 5, width: 30, height: 30 }, { order: 9 }),
]

const modifiers = fc.record({ shift: fc.boolean(), alt: fc.boolean(), mod: fc.boolean() })
// Mostly places where something is, so that random hands hit grips and edges.
const place = fc.oneof(
  fc.constantFrom([10, 10], [50, 40], [30, 10], [20, 20], [90, 90], [55, 20], [60, 60], [5, 95], [70, 10], [80, 15], [70, 30], [10, 78], [35, 65], [85, 30]),
  fc.tuple(fc.double({ min: -30, max: 130, noNaN: true }), fc.double({ min: -30, max: 130, noNaN: true })),
) as fc.Arbitrary<readonly [number, number]>
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('down', 'move', 'click', 'doubleClick'), place, modifiers }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('drag'), place, to: place, modifiers }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('up', 'enter', 'escape', 'backspace'), modifiers }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('nudge'), place }) },
)
// A model that is asked answers more often than not.
const withAnswers = fc.oneof({ weight: 9, arbitrary: act }, { weight: 12, arbitrary: fc.record({ act: fc.constantFrom('answer', 'answer', 'answer', 'no-answer'), place }) })
type Act = { act: string; place?: readonly [number, number]; to?: readonly [number, number]; modifiers?: { shift: boolean; alt: boolean; mod: boolean } }

function perform(hand: ReturnType<typeof script>, { act, place: [x, y] = [0, 0], to: [toX, toY] = [0, 0], modifiers = { shift: false, alt: false, mod: false } }: Act): void {
  switch (act) {
    case 'down': hand.down(x, y, modifiers); break
    case 'move': hand.move(x, y, modifiers); break
    case 'click': hand.click(x, y, modifiers); break
    case 'doubleClick': hand.doubleClick(x, y); break
    case 'drag': hand.drag(x, y, toX, toY, modifiers); break
    case 'up': hand.up(modifiers); break
    case 'enter': hand.enter(); break
    case 'escape': hand.escape(); break
    case 'backspace': hand.backspace(); break
    // As a person does who clicks and likes what they see.
    case 'answer': hand.click(x, y).answer([20, 30, 10, 15]).enter(); break
    case 'no-answer': hand.answer(null); break
    case 'nudge': hand.nudge(x, y); break
  }
}

test.each(Object.keys(tools) as ToolId[])('whatever a hand does with %s: no throw, true diffs, valid records, and taking all back gives the beginning', (id) => {
  let commits = 0
  fc.assert(fc.property(fc.array(id === 'click-to-segment' ? withAnswers : act, { maxLength: 40 }), fc.constantFrom(0.3, 1, 4), (acts, scale) => {
    const hand = script(id, { annotations, scale, locked: ['theirs'] })
    const before = hand.records()
    for (const each of acts) {
      perform(hand, each as Act)
      hand.preview()
      hand.hint()
      hand.cursor()
    }
    commits += hand.commits().length
    for (const { diff } of hand.commits()) {
      for (const record of [...Object.values(diff.added), ...Object.values(diff.updated).map(([, to]) => to)]) expect(Annotation.safeParse(record).error).toBeUndefined()
      expect(diff.updated).not.toHaveProperty(['annotation:theirs'])
    }
    hand.undoAll()
    expect(hand.records()).toEqual(before)
    hand.escape().escape()
    expect(hand.busy()).toBe(false)
    // A shape of this tool takes an answer between two acts, so that fewer hands come that far.
  }), { numRuns: id === 'click-to-segment' ? 1200 : 300 })
  if (id !== 'pan') expect(commits).toBeGreaterThan(50)
})

test('every tool is in the toolbar once, with a key of its own', () => {
  expect(toolbar.map(({ id }) => id).sort()).toEqual(Object.keys(tools).sort())
  expect(new Set(toolbar.map(({ key }) => key)).size).toBe(toolbar.length)
})
