import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Question, ToolEvent } from '#renderer/tools/tool.ts'
import type { Inference, InferenceState } from './inference.ts'
import type { Models } from './models.ts'
import { createSegmenting } from './segmenting.ts'
import { pictureItem, segmenter } from './testing/fakes.ts'

const question = (number: number, hover = false): Question => ({ number, prompt: { points: [{ x: 1, y: 1, positive: true }], box: null }, previous: null, start: null, hover })
const cutout = { mask: { kind: 'mask', x: 0, y: 0, width: 1, height: 1, counts: [0, 1] }, stepX: 1, stepY: 1, score: 0.8 } as const
const settled = () => new Promise((resolve) => { setTimeout(resolve, 0) })

function setUp({ decoder = 100, held = true } = {}) {
  const sent: ToolEvent[] = []
  const asked: number[] = []
  const timers: { work: () => void; ms: number }[] = []
  let looked: () => void = () => {}
  let prepared = false
  const state = createStore<InferenceState>(() => ({ backend: null, latencies: { encoder: [], decoder: [decoder], reader: [] }, note: null }))
  const inference = {
    state, isPrepared: () => prepared, warm: () => {},
    prepare: (_m: unknown, _i: unknown, { signal }: { signal?: AbortSignal } = {}) => new Promise<void>((resolve, reject) => { signal?.addEventListener('abort', () => reject(new Error('left'))); looked = () => { prepared = true; resolve() } }),
    segment: async ({ number }: { number: number }) => { asked.push(number); return { cutout, ms: 1, graphMs: 1 } },
  } as unknown as Inference
  const models = { of: async () => ({ manifest: segmenter(), hash: 'abc' }) } as unknown as Models
  const segmenting = createSegmenting({
    inference, models, send: (event) => sent.push(event), now: () => 0, clock: () => 42,
    setTimer: (work, ms) => timers.push({ work, ms }) - 1, clearTimer: (timer) => { if (timers[timer]) timers[timer] = { work: () => {}, ms: 0 } },
  })
  segmenting.open(pictureItem('a'))
  if (held) segmenting.take(true)
  return { segmenting, sent, asked, timers, look: async () => { await settled(); looked(); await settled() }, types: () => sent.map(({ type }) => type) }
}

test('a click before the picture is looked at is kept and answered then', async () => {
  const { segmenting, sent, asked, look } = setUp()
  segmenting.ask(question(1))
  await settled()
  expect(asked).toEqual([])
  expect(sent.at(-1)).toMatchObject({ type: 'preparing', what: expect.stringMatching(/./u) })
  await look()
  expect(sent.at(-1)).toMatchObject({ type: 'answer', number: 1, found: { cutout, origin: { by: 'model', model: 'cutter', hash: 'abc', score: 0.8, at: 42 } } })
  expect(sent).toContainEqual({ type: 'preparing', what: null })
})

test('that the picture is looked at is said as soon as the tool is taken up, also where that had begun before', async () => {
  const { sent } = setUp()
  expect(sent).toEqual([{ type: 'preparing', what: expect.stringMatching(/./u) }])
  const begun = setUp({ held: false })
  void begun.segmenting.ahead().catch(() => undefined)
  await settled()
  expect(begun.sent).toEqual([])
  begun.segmenting.take(true)
  expect(begun.sent).toEqual([{ type: 'preparing', what: expect.stringMatching(/./u) }])
  await begun.look()
  expect(begun.sent.at(-1)).toEqual({ type: 'preparing', what: null })
  // Where all is ready, nothing else is said.
  begun.segmenting.take(false)
  const { length } = begun.sent
  begun.segmenting.take(true)
  expect(begun.sent.slice(length)).toEqual([])
})

test('only the newest question is answered', async () => {
  const { segmenting, asked, sent, look } = setUp()
  await look()
  segmenting.ask(question(1))
  segmenting.ask(question(2))
  await settled()
  expect(sent.filter(({ type }) => type === 'answer')).toMatchObject([{ number: 2 }])
  expect(asked).toEqual([2])
})

test('a resting pointer is asked about after a moment, and only when the picture is ready', async () => {
  const { segmenting, timers, asked, look } = setUp()
  segmenting.ask(question(1, true))
  for (const { work } of timers.filter(({ ms }) => ms === 120)) work()
  await settled()
  expect(asked).toEqual([])
  await look()
  segmenting.ask(question(2, true))
  segmenting.ask(question(3, true))
  for (const { work } of timers.filter(({ ms }) => ms === 120)) work()
  await settled()
  expect(asked).toEqual([3])
})

test('where clicks are slow, a resting pointer asks nothing', async () => {
  const { segmenting, timers, look } = setUp({ decoder: 4000 })
  await look()
  segmenting.ask(question(1, true))
  expect(timers.filter(({ ms }) => ms === 120)).toEqual([])
})

test('who moves on hears nothing of the picture before', async () => {
  const { segmenting, sent, look } = setUp()
  segmenting.ask(question(1))
  await settled()
  segmenting.open(pictureItem('b'))
  const { length } = sent
  await settled()
  expect(sent.slice(length).filter(({ type }) => type !== 'preparing')).toEqual([])
  await look()
  expect(sent.filter(({ type }) => type === 'answer' || type === 'no-answer')).toEqual([])
})
