import { messageOf } from '#shared/contract/errors.ts'
import { median } from '#shared/geometry/median.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import type { Found, Question, ToolEvent } from '#renderer/tools/tool.ts'
import type { Inference } from './inference.ts'
import { originOf, segmenterOf, type Models } from './models.ts'
import type { PictureItem, Progress } from './protocol.ts'
import { words } from './words.ts'

export interface SegmentingParts {
  readonly inference: Inference
  readonly models: Models
  /** Gives an event to the tool in hand. */
  send(event: ToolEvent): void
  now(): number
  /** Milliseconds since 1970. */
  clock(): number
  setTimer(work: () => void, ms: number): number
  clearTimer(timer: number): void
}

/** How long the pointer rests before it is asked what it is on, and how slow clicks may be for that to help at all. */
const restMs = 120
const slowestHoverMs = 1500
const tickMs = 500

/** Stands between the tool and the models: answers its questions, newest first, and says what still has to be done before. */
export function createSegmenting(parts: SegmentingParts) {
  const { inference, models, send } = parts
  let item: PictureItem | null = null
  let leaving = new AbortController()
  let current: Question | null = null
  let rest: number | null = null
  let ready: Promise<void> | null = null
  let inHand = false
  let saying = ''
  /** Says again what the open item waits for; null when it waits for nothing. */
  let tellAgain: (() => void) | null = null
  /** The model, once it was found: whether a picture is ready must be known without waiting. */
  let known: Manifest | null = null

  const say = (what: string | null) => {
    if ((what ?? '') === saying) return
    saying = what ?? ''
    if (inHand) send({ type: 'preparing', what })
  }

  /** Sees to it that the open item can be asked about; says what it waits for. */
  function prepare(): Promise<void> {
    ready ??= look(item!, leaving.signal).catch((error: unknown) => { ready = null; throw error })
    return ready
  }

  async function look(picture: PictureItem, signal: AbortSignal): Promise<void> {
    let progress: Progress | null = null
    let since = parts.now()
    const usual = () => median(inference.state.getState().latencies.encoder) ?? null
    const tell = () => { if (!signal.aborted) say(describe(progress, parts.now() - since, usual())) }
    let timer = 0
    tellAgain = tell
    if (known === null || !inference.isPrepared(known, picture)) tell()
    const tick = () => { tell(); timer = parts.setTimer(tick, tickMs) }
    try {
      const { manifest } = await segmenterOf(models)
      known = manifest
      if (inference.isPrepared(manifest, picture)) return
      tick()
      await inference.prepare(manifest, picture, { signal, onProgress: (next) => { if (next.step !== progress?.step) since = parts.now(); progress = next; tell() } })
    } finally {
      parts.clearTimer(timer)
      if (tellAgain === tell) tellAgain = null
      if (!signal.aborted) say(null)
    }
  }

  async function answer(question: Question, picture: PictureItem, signal: AbortSignal): Promise<void> {
    const still = () => current === question && !signal.aborted
    try {
      const model = await segmenterOf(models)
      await prepare()
      if (!still()) return
      const { prompt, number, previous, start, hover } = question
      const { cutout } = await inference.segment({ manifest: model.manifest, item: picture, prompt, number, previous, start }, { signal, priority: hover ? 0 : 1 })
      if (!still()) return
      const backend = inference.state.getState().backend?.kind ?? 'wasm'
      const found: Found | null = cutout && { cutout, origin: originOf(model, cutout.score, backend, parts.clock()) }
      send({ type: 'answer', number, found })
    } catch (error) {
      if (still()) send({ type: 'no-answer', number: question.number, why: messageOf(error) })
    }
  }

  const tooSlow = () => (median(inference.state.getState().latencies.decoder) ?? 0) > slowestHoverMs

  return {
    /** Another item is in hand (null: none that can be clicked on). */
    open(next: PictureItem | null): void {
      if (next?.asset === item?.asset) return
      leaving.abort()
      leaving = new AbortController()
      item = next
      ready = null
      current = null
      saying = ''
      if (inHand && item) prepare().catch(() => undefined)
    },
    /** The tool is taken up or laid down. */
    take(held: boolean): void {
      if (held === inHand) return
      inHand = held
      if (!held || !item) return
      saying = ''
      void segmenterOf(models).then(({ manifest }) => inference.warm(manifest), () => undefined)
      // What fails is said to the first click.
      prepare().catch(() => undefined)
      // Where it is being looked at already, that is said now, and not with the next tick.
      tellAgain?.()
    },
    /** The open item is looked at although nobody asked yet. */
    ahead: (): Promise<void> => (item ? prepare() : Promise.resolve()),
    ask(question: Question | null): void {
      current = question
      if (rest !== null) parts.clearTimer(rest)
      rest = null
      const picture = item
      if (!question || !picture) return
      const { signal } = leaving
      if (!question.hover) return void answer(question, picture, signal)
      if (tooSlow()) return
      rest = parts.setTimer(() => {
        // A pointer that rests asks only what can be answered at once.
        void segmenterOf(models).then(({ manifest }) => { if (inference.isPrepared(manifest, picture)) void answer(question, picture, signal) }, () => undefined)
      }, restMs)
    },
    close(): void {
      leaving.abort()
      current = null
      if (rest !== null) parts.clearTimer(rest)
    },
  }
}
export type Segmenting = ReturnType<typeof createSegmenting>

/** What still has to be done, in words; `elapsed` and `usual` in milliseconds. */
export function describe(progress: Progress | null, elapsed: number, usual: number | null): string {
  switch (progress?.step) {
    case undefined: return words.preparing.waiting
    case 'fetching': return words.preparing.fetching(progress.done, progress.total)
    case 'loading': return words.preparing.loading
    case 'calculating': return words.preparing.calculating(elapsed, usual)
  }
}
