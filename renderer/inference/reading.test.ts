import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { AnnotationId, AssetId } from '#shared/model/id.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import type { Client } from '#renderer/transport/client.ts'
import type { Inference, InferenceState } from './inference.ts'
import type { Models } from './models.ts'
import { createReadings } from './reading.ts'
import { pictureItem, segmenter } from './testing/fakes.ts'

const [first, second] = ['annotation:a', 'annotation:b'].map((id) => AnnotationId.parse(id)) as [AnnotationId, AnnotationId]
const sound = AssetId.parse('asset:0000000000000000000000000000000000000000')
const geometry: TextLine = { kind: 'text-line', outline: { kind: 'box', x: 0, y: 0, width: 30, height: 5 }, baseline: null }
const state = createStore<InferenceState>(() => ({ backend: null, latencies: { encoder: [], decoder: [], reader: [] }, note: null }))

function setUp({ model = true, texts = ['Kaffee', ''] as string[] | Error } = {}) {
  const read = async () => { if (texts instanceof Error) throw texts; return texts.map((text) => ({ text, score: 0.9 })) }
  const called: unknown[] = []
  const call = async (_: string, input: unknown) => {
    called.push(input)
    if (texts instanceof Error) throw texts
    return { outcome: { predictions: texts.map((text) => ({ text, score: 0.5 })), notes: [], embedding: null }, ms: 1, backend: 'wasm' }
  }
  const readings = createReadings({ state, read } as unknown as Inference, { of: async () => (model ? { manifest: segmenter('reader'), hash: 'abc' } : null) } as unknown as Models, { call } as unknown as Pick<Client, 'call'>, () => 42)
  return { readings, called, of: (id: AnnotationId) => readings.store.getState().readings.get(id) }
}
const lines = [{ id: first, geometry }, { id: second, geometry }]

test('what is read waits for the person, with the model’s text on record; where nothing was read, that is said', async () => {
  const { readings, of } = setUp()
  const reading = readings.read(pictureItem('page'), lines)
  expect(of(first)).toEqual({ kind: 'reading' })
  await reading
  expect(of(first)).toMatchObject({ kind: 'read', text: 'Kaffee', score: 0.9, origin: { by: 'model', model: 'reader', at: 42, settings: { text: 'Kaffee' } } })
  expect(of(second)).toMatchObject({ kind: 'failed', why: 'No text was read here.' })
  readings.done(first)
  expect(of(first)).toBeUndefined()
})

test('no model, and a model that fails, are said at the line', async () => {
  const without = setUp({ model: false })
  await without.readings.read(pictureItem('page'), lines)
  expect(without.of(first)).toMatchObject({ kind: 'failed', why: expect.stringContaining('no model here that reads') })
  const broken = setUp({ texts: new Error('out of memory') })
  await broken.readings.read(pictureItem('page'), lines)
  expect(broken.of(second)).toMatchObject({ why: 'out of memory' })
})

test('a segment is heard by the host, over its stretch alone', async () => {
  const { readings, called, of } = setUp({ texts: [' Guten', 'Tag ', ''] })
  await readings.hear(sound, [{ id: first, start: 1.5, end: 2.25 }])
  expect(called).toEqual([{ model: 'reader', asset: sound, region: { kind: 'stretch', start: 1.5, end: 2.25 } }])
  expect(of(first)).toMatchObject({ kind: 'read', text: 'Guten Tag', score: 0.5 })
})
