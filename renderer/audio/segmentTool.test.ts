import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import { after } from '#shared/model/diff.ts'
import { segment, tier } from './fixture.ts'
import { indexOf } from './segments.ts'
import { idle, step, type SegmentEvent, type SegmentHit, type SegmentResult, type SegmentState, type SegmentView } from './segmentTool.ts'

/** A hand on a tier: each call answers what was asked for. */
function hand(annotations: readonly Annotation[], parts: Partial<SegmentView> = {}, lane = tier('a')) {
  const index = indexOf(annotations, 16_000)
  let made = 0
  const view: SegmentView = {
    tool: 'segment', activeTier: lane.id, rate: 16_000, slop: 3, selection: [], editable: () => true, snap: (frame) => frame,
    segment: (id) => index.byId.get(id), room: (id) => (id === lane.id ? { tier: lane, row: index.row(lane.id, segment('x', 0, 1).layer), from: 0, to: 100_000, rate: 16_000 } : null),
    create: (geometry) => ({ ...segment(`new${made++}`, 0, 1), geometry }), ...parts,
  }
  let state: SegmentState = idle
  const commits: Annotation[][] = []
  const send = (event: SegmentEvent): SegmentResult => {
    const result = step(state, event, view)
    state = result.state
    if (result.commit) commits.push(after(result.commit.diff) as Annotation[])
    return result
  }
  return {
    commits, state: () => state.name,
    drag(from: number, to: number, hit: SegmentHit | null = null, free = false) {
      send({ type: 'pointer-down', frame: from, tier: lane.id, hit, shift: false, free })
      send({ type: 'pointer-move', frame: (from + to) / 2, free })
      return send({ type: 'pointer-up', frame: to, free })
    },
    click: (frame: number, hit: SegmentHit | null = null) => {
      send({ type: 'pointer-down', frame, tier: lane.id, hit, shift: false, free: false })
      return send({ type: 'pointer-up', frame, free: false })
    },
    cancel: () => send({ type: 'cancel' }),
    press: (frame: number, to: number) => {
      send({ type: 'pointer-down', frame, tier: lane.id, hit: null, shift: false, free: false })
      send({ type: 'pointer-move', frame: to, free: false })
    },
  }
}

const spanOf = (annotation: Annotation | undefined) => (annotation?.geometry.kind === 'segment' ? [annotation.geometry.start, annotation.geometry.end] : null)

test('a drag draws one segment, in one commit, and selects it', () => {
  const at = hand([])
  const result = at.drag(500, 100)
  expect(at.commits.map(([made]) => spanOf(made))).toEqual([[100, 500]])
  expect(result.select).toEqual([at.commits[0]![0]!.id])
  expect(at.state()).toBe('idle')
})

test('a click seeks, selects what is there and draws nothing', () => {
  const one = segment('one', 100, 200)
  const at = hand([one])
  expect(at.click(150, { kind: 'body', id: one.id })).toMatchObject({ select: [one.id], seek: 150 })
  expect(at.click(400)).toMatchObject({ select: [], seek: 400 })
  expect(at.commits).toEqual([])
})

test('a boundary stops at the neighbour, and the hint says why', () => {
  const [one, two] = [segment('one', 100, 200), segment('two', 300, 400)]
  const at = hand([one, two])
  expect(at.drag(200, 350, { kind: 'boundary', id: one.id, side: 'end' }).hint).toBe('no-overlap')
  expect(spanOf(at.commits[0]?.[0])).toEqual([100, 300])
})

test('a segment is moved with the Select tool, and drawn over with the Segment tool', () => {
  const one = segment('one', 100, 200)
  const moving = hand([one], { tool: 'select' })
  moving.drag(150, 650, { kind: 'body', id: one.id })
  expect(spanOf(moving.commits[0]?.[0])).toEqual([600, 700])
  const drawing = hand([one])
  drawing.drag(150, 650, { kind: 'body', id: one.id })
  expect(spanOf(drawing.commits[0]?.[0])).toEqual([200, 650])
})

test('with the Select tool a drag on nothing chooses a stretch of time', () => {
  const at = hand([], { tool: 'select' })
  expect(at.drag(900, 300)).toMatchObject({ range: { start: 300, end: 900 }, seek: 300 })
  expect(at.commits).toEqual([])
})

test('ends snap unless the hand asks not to', () => {
  const snap = (frame: number) => Math.round(frame / 100) * 100
  const snapping = hand([], { snap })
  snapping.drag(110, 380)
  const free = hand([], { snap })
  free.drag(110, 380, null, true)
  expect([spanOf(snapping.commits[0]?.[0]), spanOf(free.commits[0]?.[0])]).toEqual([[100, 400], [110, 380]])
})

test('Escape leaves a gesture without a trace', () => {
  const at = hand([])
  at.press(100, 500)
  expect(at.state()).toBe('drawing')
  at.cancel()
  expect([at.state(), at.commits]).toEqual(['idle', []])
})

test('others’ segments are selected and not moved; a point tier takes a click', () => {
  const one = segment('one', 100, 200)
  const at = hand([one], { editable: () => false, tool: 'select' })
  at.drag(150, 650, { kind: 'body', id: one.id })
  expect(at.commits).toEqual([])
  const points = hand([], {}, tier('a', { points: true }))
  points.click(640)
  expect(spanOf(points.commits[0]?.[0])).toEqual([640, 640])
})
