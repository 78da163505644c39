import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { messageOf } from '#shared/contract/errors.ts'

/** What a pool's workers can do, by name. */
export type TaskTable = Record<string, { input: unknown; output: unknown }>
export type TaskRequest = { id: number; name: string; input: unknown }
/** The first reply says that the worker is up. */
export type TaskReply = { ready: true } | { id: number; output: unknown } | { id: number; error: string }

/** Why a task gave no answer. `failed`: it threw; `crashed`: its worker ended; `not-started`: the worker could not even begin; `timeout`: it was stopped; `cancelled`: by its signal. */
export class TaskFailure extends Error {
  readonly reason: 'failed' | 'crashed' | 'not-started' | 'timeout' | 'cancelled'

  constructor(reason: TaskFailure['reason'], message: string) {
    super(message)
    this.name = 'TaskFailure'
    this.reason = reason
  }
}

export type PoolOptions = {
  /** The module that the workers run; it calls `answerTasks`. */
  url: URL
  /** Worker threads; the number of cores unless given. */
  size?: number
  /** Milliseconds one task may take before its worker is stopped and replaced; 2 minutes unless given. */
  timeoutMs?: number
}

type Pending = { request: TaskRequest; timeoutMs: number; resolve(output: unknown): void; reject(failure: TaskFailure): void; detach(): void }
type Slot = { worker: Worker; task: Pending | null; timer: NodeJS.Timeout | null; ready: boolean }

/**
 * A few worker threads for work that costs CPU. A worker that throws outside a task, exits or hangs is replaced, and
 * the task in its hands fails alone. A native decoder that writes where it must not takes the whole process with it,
 * which no thread can catch; that is why imports commit in batches and can go on where they stopped.
 */
export class WorkerPool<Table extends TaskTable> {
  readonly size: number
  readonly #url: URL
  readonly #timeoutMs: number
  readonly #slots = new Set<Slot>()
  readonly #waiting: Pending[] = []
  #nextId = 1
  #closed = false

  constructor(options: PoolOptions) {
    this.#url = options.url
    this.size = options.size ?? Math.max(1, availableParallelism())
    this.#timeoutMs = options.timeoutMs ?? 120_000
  }

  /** Runs one task. Rejects with a `TaskFailure`. */
  run<Name extends keyof Table & string>(name: Name, input: Table[Name]['input'], options: { signal?: AbortSignal; timeoutMs?: number } = {}) {
    return new Promise<Table[Name]['output']>((resolve, reject) => {
      const { signal } = options
      if (this.#closed || signal?.aborted) return reject(new TaskFailure('cancelled', 'cancelled'))
      const onAbort = () => this.#cancel(pending)
      const pending: Pending = {
        request: { id: this.#nextId++, name, input }, timeoutMs: options.timeoutMs ?? this.#timeoutMs,
        resolve, reject, detach: () => signal?.removeEventListener('abort', onAbort),
      }
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(pending)
      this.#feed()
    })
  }

  /** Stops every worker; what is in hand fails as cancelled. */
  async close(): Promise<void> {
    this.#closed = true
    for (const pending of this.#waiting.splice(0)) fail(pending, new TaskFailure('cancelled', 'cancelled'))
    const slots = [...this.#slots]
    for (const slot of slots) this.#retire(slot, new TaskFailure('cancelled', 'cancelled'))
    await Promise.all(slots.map((slot) => slot.worker.terminate()))
  }

  /** A task that runs is let finish, its answer unheard: stopping a decoder in the middle would leak what it holds. */
  #cancel(pending: Pending): void {
    const at = this.#waiting.indexOf(pending)
    if (at >= 0) this.#waiting.splice(at, 1)
    fail(pending, new TaskFailure('cancelled', 'cancelled'))
  }

  #feed(): void {
    while (this.#waiting.length > 0) {
      const slot = [...this.#slots].find((each) => each.task === null) ?? (this.#slots.size < this.size ? this.#open() : null)
      if (slot === null) return
      const task = this.#waiting.shift()!
      slot.task = task
      slot.worker.ref()
      slot.timer = setTimeout(() => this.#overdue(slot, task), task.timeoutMs)
      slot.worker.postMessage(task.request)
    }
  }

  #open(): Slot {
    // The flags of the process (an inspector's, `--eval`) are not the worker's.
    const worker = new Worker(this.#url, { execArgv: [] })
    const slot: Slot = { worker, task: null, timer: null, ready: false }
    worker.on('message', (reply: TaskReply) => this.#answered(slot, reply))
    worker.on('error', (error) => this.#lost(slot, ended(slot, messageOf(error))))
    worker.on('exit', (code) => this.#lost(slot, ended(slot, `it ended with code ${code}`)))
    // An idle worker must not keep the process alive.
    worker.unref()
    this.#slots.add(slot)
    return slot
  }

  #answered(slot: Slot, reply: TaskReply): void {
    if ('ready' in reply) {
      slot.ready = true
      return
    }
    const task = slot.task
    if (task === null || task.request.id !== reply.id) return
    this.#release(slot)
    task.detach()
    if ('error' in reply) task.reject(new TaskFailure('failed', reply.error))
    else task.resolve(reply.output)
    this.#feed()
  }

  #overdue(slot: Slot, task: Pending): void {
    this.#lost(slot, new TaskFailure('timeout', `took longer than ${Math.round(task.timeoutMs / 1000)} s`))
    void slot.worker.terminate()
  }

  #lost(slot: Slot, failure: TaskFailure): void {
    if (!this.#slots.has(slot)) return
    this.#retire(slot, failure)
    this.#feed()
  }

  #retire(slot: Slot, failure: TaskFailure): void {
    const task = slot.task
    this.#release(slot)
    this.#slots.delete(slot)
    if (task) fail(task, failure)
  }

  #release(slot: Slot): void {
    if (slot.timer) clearTimeout(slot.timer)
    slot.timer = null
    slot.task = null
    slot.worker.unref()
  }
}

function fail(pending: Pending, failure: TaskFailure): void {
  pending.detach()
  pending.reject(failure)
}

const ended = (slot: Slot, reason: string) => new TaskFailure(slot.ready ? 'crashed' : 'not-started', `the worker ${slot.ready ? 'failed' : 'could not be started'}: ${reason}`)
