import { InferenceError, Message, methods, type Given, type Got, type MethodName, type Progress, type Request } from './protocol.ts'
import { words } from './words.ts'

/** A worker as the page sees it. */
export interface WorkerLike {
  post(message: Request): void
  terminate(): void
}

/** What a worker tells the page. */
export interface Ears {
  heard(data: unknown): void
  crashed(message: string): void
}

export interface LaneParts {
  spawn(ears: Ears): WorkerLike
  /** What a worker is told first, each time one is started. */
  startWith(): Given<'start'>
  onStarted(backend: Got<'start'>): void
  /** A worker was given up: it crashed, or did not answer in time. */
  onLost?(why: string): void
  setTimer(work: () => void, ms: number): number
  clearTimer(timer: number): void
}

export interface AskOptions {
  /** Higher ones go first; those that wait, not the one that runs. */
  readonly priority?: number
  /** Takes a request back. One that runs is left to end, because a graph cannot be stopped; nobody hears its answer. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** From the last sign of life, milliseconds. A graph gives none while it runs. */
const limits: Readonly<Record<MethodName, number>> = { start: 40_000, embed: 120_000, load: 60_000, hold: 10_000, segment: 40_000, seek: 40_000, look: 60_000, read: 60_000, compare: 40_000, stored: 10_000, forget: 20_000 }
const mostTries = 2

interface Waiting { readonly request: Request; readonly options: AskOptions; readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void; tries: number; done: boolean }

/** One worker and those who wait for it: one request at a time, a watchdog over it, one more try after a crash. */
export function createLane(parts: LaneParts) {
  let worker: WorkerLike | null = null
  let started = false
  let active: Waiting | null = null
  let waiting: Waiting[] = []
  let timer: number | null = null
  let count = 0

  const stopWatch = () => {
    if (timer !== null) parts.clearTimer(timer)
    timer = null
  }
  const watch = (method: MethodName) => {
    stopWatch()
    timer = parts.setTimer(() => lost(words.noAnswer(limits[method] / 1000)), limits[method])
  }

  function open(): WorkerLike {
    const opened: WorkerLike = parts.spawn({
      heard: (data) => { if (opened === worker) heard(data) },
      crashed: (message) => { if (opened === worker) lost(words.crashed(message)) },
    })
    started = false
    worker = opened
    return opened
  }

  function next(): void {
    if (active !== null || waiting.length === 0) return
    const here = worker ?? open()
    if (!started) {
      const hello: Waiting = { request: { id: ++count, method: 'start', input: parts.startWith() }, options: {}, resolve: (value) => { started = true; parts.onStarted(methods.start.output.parse(value)) }, reject: (error) => failAll(error), tries: 1, done: false }
      return send(here, hello)
    }
    const first = waiting.reduce((best, each) => ((each.options.priority ?? 0) > (best.options.priority ?? 0) ? each : best))
    waiting = waiting.filter((each) => each !== first)
    send(here, first)
  }

  function send(here: WorkerLike, wanted: Waiting): void {
    active = wanted
    wanted.tries += 1
    watch(wanted.request.method)
    here.post(wanted.request)
  }

  function heard(data: unknown): void {
    const message = Message.safeParse(data)
    if (!message.success || active === null || message.data.id !== active.request.id) return
    if (message.data.kind === 'progress') {
      watch(active.request.method)
      return active.options.onProgress?.(message.data.progress)
    }
    stopWatch()
    const ended = active
    active = null
    end(ended, message.data)
    next()
  }

  function end(ended: Waiting, message: Exclude<Message, { kind: 'progress' }>): void {
    ended.done = true
    if (message.kind === 'failure') return ended.reject(new InferenceError(message.code, message.message))
    const value = methods[ended.request.method].output.safeParse(message.value)
    if (value.success) ended.resolve(value.data)
    else ended.reject(new InferenceError('failed', words.strange(ended.request.method)))
  }

  /** The worker is given up. What it was at is tried once more with a new one, then refused. */
  function lost(why: string): void {
    stopWatch()
    worker?.terminate()
    worker = null
    const fallen = active
    active = null
    parts.onLost?.(why)
    if (fallen?.request.method === 'start') failAll(new InferenceError('stopped', words.gaveUp(why)))
    else if (fallen && fallen.tries < mostTries && !fallen.done) waiting.unshift(fallen)
    else if (fallen) { fallen.done = true; fallen.reject(new InferenceError('stopped', words.gaveUp(why))) }
    next()
  }

  function failAll(error: Error): void {
    const all = waiting
    waiting = []
    for (const each of all) { each.done = true; each.reject(error) }
  }

  return {
    ask<M extends MethodName>(method: M, input: Given<M>, options: AskOptions = {}): Promise<Got<M>> {
      return new Promise((resolve, reject) => {
        if (options.signal?.aborted) return reject(options.signal.reason as Error)
        const entry: Waiting = { request: { id: ++count, method, input }, options, resolve: (value) => resolve(value as Got<M>), reject, tries: 0, done: false }
        options.signal?.addEventListener('abort', () => {
          if (entry.done) return
          entry.done = true
          waiting = waiting.filter((each) => each !== entry)
          reject(options.signal!.reason as Error)
        }, { once: true })
        waiting.push(entry)
        next()
      })
    },
    /** Starts again with another `startWith`; what runs and what waits is done by the new worker. */
    restart(): void {
      stopWatch()
      worker?.terminate()
      worker = null
      if (active && active.request.method !== 'start') waiting.unshift(active)
      active = null
      next()
    },
    close(): void {
      stopWatch()
      worker?.terminate()
      worker = null
      if (active) waiting.unshift(active)
      active = null
      failAll(new InferenceError('stopped', words.closed))
    },
    /** Whether something runs or waits. */
    busy: () => active !== null || waiting.length > 0,
    /** Whether a worker is there at all. */
    open: () => worker !== null,
  }
}
export type Lane = ReturnType<typeof createLane>
