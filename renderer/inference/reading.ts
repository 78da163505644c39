import { createStore } from 'zustand/vanilla'
import { messageOf } from '#shared/contract/errors.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId } from '#shared/model/id.ts'
import type { Origin } from '#shared/model/provenance.ts'
import type { Client } from '#renderer/transport/client.ts'
import type { Inference } from './inference.ts'
import { originOf, type Models } from './models.ts'
import type { PictureItem } from './protocol.ts'
import { words } from './words.ts'

/** What a model reads in a line. It is the person's when they accept or edit it, not before. */
export type Reading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly text: string; /** The model's name. */ readonly by: string; /** 0 … 1. */ readonly score: number; readonly origin: Extract<Origin, { by: 'model' }> }
  | { readonly kind: 'failed'; readonly why: string }

/** Readings that wait for a person; more are forgotten, the oldest first. */
const kept = 500

/** Texts that models propose for lines, by line. Nothing of it is saved. */
export function createReadings(inference: Inference, models: Models, client: Pick<Client, 'call'>, clock: () => number) {
  const store = createStore<{ readonly readings: ReadonlyMap<AnnotationId, Reading> }>(() => ({ readings: new Map() }))
  const put = (id: AnnotationId, reading: Reading | null) => store.setState(({ readings }) => {
    const next = new Map(readings)
    next.delete(id)
    if (reading) next.set(id, reading)
    for (const oldest of next.keys()) {
      if (next.size <= kept) break
      next.delete(oldest)
    }
    return { readings: next }
  })

  async function read(item: PictureItem, lines: readonly { readonly id: AnnotationId; readonly geometry: TextLine }[]): Promise<void> {
    for (const { id } of lines) put(id, { kind: 'reading' })
    try {
      const model = await models.of('text-recognise')
      if (!model) throw new Error(words.noReader)
      const found = await inference.read(model.manifest, item, lines.map(({ geometry }) => geometry), { priority: 2 })
      const backend = inference.state.getState().backend?.kind ?? 'wasm'
      lines.forEach(({ id }, index) => {
        const { text, score } = found[index]!
        put(id, text === '' ? { kind: 'failed', why: words.reading.nothing } : { kind: 'read', text, by: model.manifest.name, score, origin: originOf(model, score, backend, clock(), { text }) })
      })
    } catch (error) {
      const why = messageOf(error)
      for (const { id } of lines) put(id, { kind: 'failed', why })
    }
  }
  /** Asks the host, where models listen, what is said in some segments; seconds of the sound. */
  async function hear(asset: AssetId, segments: readonly { readonly id: AnnotationId; readonly start: number; readonly end: number }[]): Promise<void> {
    for (const { id } of segments) put(id, { kind: 'reading' })
    for (const { id, start, end } of segments) {
      try {
        const model = await models.of('speech-to-text')
        if (!model) throw new Error(words.noListener)
        const { outcome, backend } = await client.call('prelabel.predict', { model: model.manifest.id, asset, region: { kind: 'stretch', start, end } })
        const said = outcome.predictions.filter(({ text }) => text !== null && text.trim() !== '')
        const text = said.map((one) => one.text!.trim()).join(' ')
        const score = said.reduce((sum, one) => sum + one.score, 0) / Math.max(1, said.length)
        put(id, text === '' ? { kind: 'failed', why: words.reading.silent } : { kind: 'read', text, by: model.manifest.name, score, origin: originOf(model, score, backend, clock(), { text }) })
      } catch (error) {
        put(id, { kind: 'failed', why: messageOf(error) })
      }
    }
  }
  return { store, read, hear, /** The person has decided. */ done: (id: AnnotationId) => put(id, null) }
}
export type Readings = ReturnType<typeof createReadings>
