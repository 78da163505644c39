import { randomToken } from '#shared/model/id.ts'
import type { Job } from '#shared/contract/job.ts'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { JobJournal } from './journal.ts'

export type JobContext = {
  readonly signal: AbortSignal
  /** `total` null while it is not known. */
  progress(done: number, total: number | null, message: string): void
}

export type RestingContext = JobContext & {
  /** Whether it is to rest now: what is in hand can be finished first. */
  resting(): boolean
  /** To be awaited between two items by a job that can pause: waits as long as it is to rest. Resolves at once when it is cancelled. */
  turn(): Promise<void>
}

export type JobPlan = {
  kind: Job['kind']
  name: string
  resumable: boolean
  /** Whether it awaits `turn` between its items. */
  pausable?: boolean
  /** What to start again after an interruption; JSON. */
  request: unknown
  /** `id` is the job's. */
  run(context: RestingContext, id: string): Promise<void>
}

export type JobQueueOptions = {
  emit(job: Job): void
  journal?: JobJournal
  /** Least milliseconds between two progress events of one job. */
  everyMs?: number
}

type Entry = { job: Job; request: unknown; abort: AbortController; settled: Promise<void>; timer: NodeJS.Timeout | null; emittedAt: number; pausable: boolean; goOn: (() => void) | null; rest: Promise<void> | null }

/** The long tasks of a host: progress (at most 10 events a second), cancelling, failures in words, and what an earlier process left unfinished. */
export class JobQueue {
  readonly #entries = new Map<string, Entry>()
  readonly #options: JobQueueOptions

  constructor(options: JobQueueOptions) {
    this.#options = options
    for (const { job, request } of options.journal?.load() ?? []) {
      const stopped: Job = job.state === 'running' || job.state === 'paused' ? { ...job, state: 'failed', message: 'Stopped because the program ended. What was done is kept.' } : job
      this.#entries.set(job.id, entryOf(stopped, request, false))
    }
  }

  list(): Job[] {
    return [...this.#entries.values()].map((entry) => entry.job)
  }

  /** What the job was asked; for starting it again. Throws `not-found`. */
  request(id: string): unknown {
    return this.#entry(id).request
  }

  start(plan: JobPlan): Job {
    const job: Job = { id: `job:${randomToken()}`, kind: plan.kind, name: plan.name, state: 'running', done: 0, total: null, message: '', resumable: plan.resumable }
    const entry = entryOf(job, plan.request, plan.pausable ?? false)
    this.#entries.set(job.id, entry)
    this.#record()
    this.#emit(entry)
    entry.settled = this.#run(entry, plan)
    return job
  }

  /** Asks the job to stop; it ends as cancelled when it has. Does nothing to one that has ended. */
  cancel(id: string): void {
    const entry = this.#entry(id)
    entry.abort.abort()
    entry.goOn?.()
  }

  /** Lets a running job rest after the item in hand. Throws `invalid-input` for one that cannot. */
  pause(id: string): void {
    const entry = this.#entry(id)
    if (entry.job.state === 'paused') return
    if (entry.job.state !== 'running' || !entry.pausable) throw new QuorumError('invalid-input', `${entry.job.name} cannot be paused. Cancel it instead; what was done is kept.`)
    entry.rest = new Promise((resolve) => { entry.goOn = resolve })
    entry.job = { ...entry.job, state: 'paused' }
    this.#emit(entry)
  }

  /** Lets a paused job of this process go on; false for any other. */
  goOn(id: string): boolean {
    const entry = this.#entry(id)
    if (entry.job.state !== 'paused' || entry.goOn === null) return false
    entry.job = { ...entry.job, state: 'running' }
    entry.goOn()
    entry.goOn = null
    entry.rest = null
    this.#emit(entry)
    return true
  }

  /** Takes an ended job off the list. */
  forget(id: string): void {
    if (isOn(this.#entry(id).job)) return
    this.#entries.delete(id)
    this.#record()
  }

  /** The job when it has ended. */
  async ended(id: string): Promise<Job> {
    const entry = this.#entry(id)
    await entry.settled
    return entry.job
  }

  /** Cancels what runs and waits for it. */
  async close(): Promise<void> {
    for (const entry of this.#entries.values()) {
      entry.abort.abort()
      entry.goOn?.()
    }
    await Promise.all([...this.#entries.values()].map((entry) => entry.settled))
  }

  async #run(entry: Entry, plan: JobPlan): Promise<void> {
    const { signal } = entry.abort
    const progress = (done: number, total: number | null, message: string) => {
      entry.job = { ...entry.job, done, total, message }
      this.#emitSoon(entry)
    }
    try {
      await plan.run({ signal, progress, resting: () => entry.rest !== null, turn: async () => { if (!signal.aborted) await entry.rest } }, entry.job.id)
      this.#end(entry, signal.aborted ? { state: 'cancelled', message: 'Cancelled. What was done is kept.' } : { state: 'done', message: '', resumable: false })
    } catch (error) {
      const cancelled = signal.aborted || (error instanceof QuorumError && error.code === 'cancelled')
      this.#end(entry, cancelled ? { state: 'cancelled', message: 'Cancelled. What was done is kept.' } : { state: 'failed', message: messageOf(error) })
    }
  }

  #end(entry: Entry, last: Partial<Job>): void {
    entry.job = { ...entry.job, ...last }
    this.#record()
    this.#emit(entry)
  }

  #emitSoon(entry: Entry): void {
    if (entry.timer) return
    const wait = (this.#options.everyMs ?? 100) - (Date.now() - entry.emittedAt)
    if (wait <= 0) this.#emit(entry)
    else entry.timer = setTimeout(() => this.#emit(entry), wait)
  }

  #emit(entry: Entry): void {
    if (entry.timer) clearTimeout(entry.timer)
    entry.timer = null
    entry.emittedAt = Date.now()
    this.#options.emit(entry.job)
  }

  #record(): void {
    const unfinished = [...this.#entries.values()].filter(({ job }) => job.resumable && job.state !== 'done')
    this.#options.journal?.save(unfinished.map(({ job, request }) => ({ job, request })))
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new QuorumError('not-found', 'That task is not on the list any more. Start it again.', id)
    return entry
  }
}

const entryOf = (job: Job, request: unknown, pausable: boolean): Entry => ({
  job, request, pausable, abort: new AbortController(), settled: Promise.resolve(), timer: null, emittedAt: 0, goOn: null, rest: null,
})
/** Whether something of it is still under way. */
const isOn = ({ state }: Job) => state === 'running' || state === 'paused'
