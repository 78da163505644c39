import { createStore } from 'zustand/vanilla'
import type { Mask, Polygon, TextLine } from '#shared/model/geometry.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import type { Place } from '#shared/prelabel/prompt/alike/places.ts'
import type { Prompt } from '#shared/prelabel/prompt/prompt.ts'
import type { Backend, Comparison } from './backend.ts'
import { embeddingKey } from './embeddingKey.ts'
import { createLane, type AskOptions, type Lane, type LaneParts } from './lane.ts'
import { InferenceError, type Given, type Got, type MethodName, type PictureItem } from './protocol.ts'
import { words } from './words.ts'

/** Milliseconds of the last runs, the newest last. */
export interface Latencies { readonly encoder: readonly number[]; readonly decoder: readonly number[]; readonly reader: readonly number[] }

export interface InferenceState {
  /** Null until the first model runs. */
  readonly backend: Backend | null
  readonly latencies: Latencies
  /** What went wrong last, and what was done about it; null when nothing did. */
  readonly note: string | null
}

export interface InferenceParts extends Pick<LaneParts, 'spawn' | 'setTimer' | 'clearTimer'> { readonly threads: number; now(): number }

export interface SegmentRequest { readonly manifest: Manifest; readonly item: PictureItem; readonly prompt: Prompt; readonly number: number; readonly previous: number | null; readonly start: Polygon | null }

/** A search in a picture: where to look, the likeliest first, and what stands there if it is like the examples. */
export interface Seeking { readonly places: readonly Place[]; readonly look: (place: Place) => Promise<Got<'look'>['found']> }

const keptLatencies = 20

/**
 * Models in the page. Two workers of the same kind: what takes seconds (encoders) never stands before what a hand waits for (decoders,
 * lines of text). Both run where the first of them chose to; when the graphics processor fails, both go on with WebAssembly.
 */
export function createInference({ threads, now, ...parts }: InferenceParts) {
  const state = createStore<InferenceState>(() => ({ backend: null, latencies: { encoder: [], decoder: [], reader: [] }, note: null }))
  let fellBack: string | null = null
  let lastClick = -Infinity
  let searches = 0
  /** Embeddings that the quick worker should have by now. */
  const held = new Set<string>()

  const laneOf = (onGone: () => void): Lane => createLane({
    ...parts,
    startWith: () => ({ want: fellBack !== null || state.getState().backend?.kind === 'wasm' ? 'wasm' : 'auto', threads, fellBack }),
    onStarted: (backend) => {
      onGone()
      // The second worker is only told what the first one found.
      if (state.getState().backend === null || fellBack !== null) state.setState({ backend })
    },
    onLost: (why) => state.setState({ note: why }),
  })
  const slow = laneOf(() => {})
  const quick = laneOf(() => held.clear())

  const took = (what: keyof Latencies, ms: number) => state.setState(({ latencies }) => ({ latencies: { ...latencies, [what]: [...latencies[what], ms].slice(-keptLatencies) } }))

  /** Asks, and once more with WebAssembly when the graphics processor failed. */
  async function ask<M extends MethodName>(lane: Lane, method: M, input: Given<M>, options: AskOptions = {}): Promise<Got<M>> {
    try {
      return await lane.ask(method, input, options)
    } catch (error) {
      if (!(error instanceof InferenceError) || error.code !== 'backend' || options.signal?.aborted) throw error
      if (fellBack === null) {
        fellBack = error.message
        state.setState({ note: words.fellBack(error.message) })
        slow.restart()
        if (quick.open()) quick.restart()
      }
      return lane.ask(method, input, options)
    }
  }

  /** Sees to it that a picture can be asked about. `urgent`: somebody waits. */
  async function prepare(manifest: Manifest, item: PictureItem, { urgent = true, ...options }: AskOptions & { readonly urgent?: boolean } = {}): Promise<void> {
    const key = embeddingKey(item.asset, manifest)
    if (held.has(key)) return
    const { embedding, dims, from, ms } = await ask(slow, 'embed', { manifest, item, give: urgent }, { ...options, priority: urgent ? 1 : 0 })
    if (from === 'encoder') took('encoder', ms)
    if (!embedding) return
    await quick.ask('hold', { key, embedding, dims }, { priority: 2 })
    held.add(key)
  }

  /** Asks the quick worker about a picture that was looked at; once more where the worker was new, or had given the picture up for others. */
  async function askAbout<M extends 'segment' | 'seek'>(method: M, input: Given<M>, options: AskOptions): Promise<Got<M>> {
    await prepare(input.manifest, input.item, options)
    try {
      return await ask(quick, method, input, options)
    } catch (error) {
      if (!(error instanceof InferenceError) || error.code !== 'lost') throw error
      held.delete(embeddingKey(input.item.asset, input.manifest))
      await prepare(input.manifest, input.item, options)
      return ask(quick, method, input, options)
    }
  }

  async function segment(request: SegmentRequest, options: AskOptions = {}): Promise<Got<'segment'>> {
    lastClick = now()
    const answer = await askAbout('segment', request, options)
    took('decoder', answer.ms)
    return answer
  }

  /** Begins a search for what is like the examples, and is asked place by place what stands there: whoever clicks meanwhile comes between two places. */
  async function seek(about: { readonly manifest: Manifest; readonly item: PictureItem; readonly examples: readonly Mask[] }, options: AskOptions = {}): Promise<Seeking | null> {
    const { manifest, item } = about
    const begin = async () => {
      const search = ++searches
      const { places } = await askAbout('seek', { manifest, item, search, examples: [...about.examples] }, options)
      return { search, places }
    }
    let { search, places } = await begin()
    if (places === null) return null
    return {
      places,
      async look(place) {
        try {
          return (await ask(quick, 'look', { manifest, item, search, place }, options)).found
        } catch (error) {
          if (!(error instanceof InferenceError) || error.code !== 'lost') throw error;
          ({ search } = await begin())
          return (await ask(quick, 'look', { manifest, item, search, place }, options)).found
        }
      },
    }
  }

  async function read(manifest: Manifest, item: PictureItem, lines: readonly TextLine[], options: AskOptions = {}): Promise<Got<'read'>['lines']> {
    const answer = await ask(quick, 'read', { manifest, item, lines: [...lines] }, options)
    took('reader', answer.ms / lines.length)
    return answer.lines
  }

  return {
    state, prepare, segment, seek, read,
    /** Whether nobody asks anything just now, so that work for later disturbs no hand. Milliseconds. */
    quietFor: (ms: number) => !slow.busy() && !quick.busy() && now() - lastClick >= ms,
    isPrepared: (manifest: Manifest, item: PictureItem) => held.has(embeddingKey(item.asset, manifest)),
    /** Loads what clicks need before the first one. */
    warm: (manifest: Manifest) => void quick.ask('load', { manifest, file: 'decoder' }).catch(() => undefined),
    compare: (): Promise<Comparison> => quick.ask('compare', {}),
    /** What lies on disk. Asked of the quick worker: the other may be at a picture for seconds. */
    stored: () => quick.ask('stored', {}),
    async forget(): Promise<void> {
      held.clear()
      if (slow.open()) void slow.ask('forget', {}).catch(() => undefined)
      await quick.ask('forget', {})
    },
    close(): void {
      slow.close()
      quick.close()
    },
  }
}
export type Inference = ReturnType<typeof createInference>
