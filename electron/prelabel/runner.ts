import { fork, type ChildProcess } from 'node:child_process'
import { constants, setPriority, totalmem } from 'node:os'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Answers, Question, Reply, Task } from './protocol.ts'

/** Why a task gave no answer. `failed`: it said so; `memory`: it ran out; `crashed`: the process ended; `timeout`: it was killed; `cancelled`: by its signal, or the runner closed. */
export class RunFailure extends Error {
  readonly reason: 'failed' | 'memory' | 'crashed' | 'timeout' | 'cancelled'

  constructor(reason: RunFailure['reason'], message: string) {
    super(message)
    this.name = 'RunFailure'
    this.reason = reason
  }
}

export interface RunnerOptions {
  /** Milliseconds that one task may take before its process is killed; 2 minutes unless given. */
  readonly timeoutMs?: number
  /** Milliseconds of rest after which the process is let go with all that it holds; a minute unless given. */
  readonly restMs?: number
  /** Whether a window is to go first where there are not processors enough for both. */
  readonly background?: boolean
}

interface Pending {
  readonly question: Question
  readonly timeoutMs: number
  readonly lossesAllowed: number
  /** How often a process was lost over it. */
  losses: number
  resolve(value: Answers[Task['kind']]): void
  reject(failure: RunFailure): void
}

/** Tasks that the process has at once: while one runs, the next one's item is decoded. */
const depth = 2
/** A process that holds more than this, or half of the machine's memory, is replaced between two tasks. */
const mostHeld = Math.min(3 * 1024 ** 3, totalmem() / 2)
/** Megabytes of JavaScript's own heap; the runtime's memory is apart, at most 4 GB. */
const heapMb = 1024
const lossesAllowed = 1

/**
 * Runs models in a process of its own, so that one that hangs, crashes or eats all memory takes nothing else with it. Tasks go in order.
 * One over which the process is lost (it ended, hung or ran out of memory) is tried once more in a fresh one, then fails alone.
 */
export class ModelRunner {
  readonly #timeoutMs: number
  readonly #restMs: number
  readonly #background: boolean
  readonly #waiting: Pending[] = []
  /** In the order in which the process got them; the first is the one that it works on. */
  #underWay: Pending[] = []
  #child: ChildProcess | null = null
  #timer: NodeJS.Timeout | null = null
  #rest: NodeJS.Timeout | null = null
  #nextId = 1
  #closed = false
  #tired = false

  constructor(options: RunnerOptions = {}) {
    this.#timeoutMs = options.timeoutMs ?? 120_000
    this.#restMs = options.restMs ?? 60_000
    this.#background = options.background ?? false
  }

  /** The process that works now; null while there is none. */
  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** Rejects with a `RunFailure`. `once`: it is not tried again where it loses the process, for models that nobody has vouched for. */
  run<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>, options: { readonly signal?: AbortSignal; readonly timeoutMs?: number; readonly once?: boolean } = {}): Promise<Answers[Kind]> {
    return new Promise<Answers[Kind]>((resolve, reject) => {
      const { signal } = options
      if (this.#closed || signal?.aborted) return reject(cancelled())
      const forget = () => signal?.removeEventListener('abort', onAbort)
      const pending: Pending = {
        question: { id: this.#nextId++, task }, timeoutMs: options.timeoutMs ?? this.#timeoutMs, losses: 0, lossesAllowed: options.once === true ? 0 : lossesAllowed,
        resolve: (value) => { forget(); resolve(value as Answers[Kind]) },
        reject: (failure) => { forget(); reject(failure) },
      }
      const onAbort = () => this.#cancel(pending)
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(pending)
      this.#feed()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const pending of [...this.#waiting.splice(0), ...this.#underWay.splice(0)]) pending.reject(cancelled())
    const child = this.#child
    child?.ref()
    this.#letGo()
    if (child && child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve))
  }

  /** What has begun cannot be taken back in the middle: the process goes with it. */
  #cancel(pending: Pending): void {
    const at = this.#waiting.indexOf(pending)
    if (at >= 0) this.#waiting.splice(at, 1)
    else if (this.#underWay.includes(pending)) {
      this.#underWay = this.#underWay.filter((other) => other !== pending)
      this.#waiting.unshift(...this.#underWay.splice(0))
      this.#letGo()
    }
    pending.reject(cancelled())
    this.#feed()
  }

  #feed(): void {
    if (this.#rest) clearTimeout(this.#rest)
    this.#rest = null
    if (this.#tired && this.#underWay.length === 0) this.#letGo()
    while (!this.#tired && this.#waiting.length > 0 && this.#underWay.length < depth) {
      const pending = this.#waiting.shift()!
      this.#underWay.push(pending)
      const child = (this.#child ??= this.#start())
      child.ref()
      child.channel?.ref()
      child.send(pending.question)
      if (this.#underWay.length === 1) this.#watch(pending)
    }
    if (this.#underWay.length === 0 && this.#child) this.#idle(this.#child)
  }

  /** A process that waits keeps neither this one alive nor its memory for long. */
  #idle(child: ChildProcess): void {
    child.unref()
    child.channel?.unref()
    this.#rest = setTimeout(() => this.#letGo(), this.#restMs)
    this.#rest.unref()
  }

  #start(): ChildProcess {
    const entry = fileURLToPath(new URL(`./process${extname(import.meta.url)}`, import.meta.url))
    const child = fork(entry, [], { execArgv: [`--max-old-space-size=${heapMb}`], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    if (this.#background && child.pid !== undefined) yieldToOthers(child.pid)
    child.on('message', (reply) => this.#answered(child, reply as Reply))
    // It can come more than once (at a start, a message, a kill); `#lost` passes over those of a child that is not the current one.
    child.on('error', () => this.#lost(child, 'crashed', 'its process could not be started'))
    child.once('exit', (code, signal) => this.#lost(child, 'crashed', `its process ended (${signal ?? `code ${code}`}), most likely for want of memory`))
    return child
  }

  #watch({ timeoutMs }: Pending): void {
    if (this.#timer) clearTimeout(this.#timer)
    const child = this.#child
    this.#timer = setTimeout(() => { if (child) this.#lost(child, 'timeout', `it took longer than ${Math.round(timeoutMs / 1000)} s`) }, timeoutMs)
  }

  #answered(child: ChildProcess, reply: Reply): void {
    const pending = this.#underWay[0]
    if (child !== this.#child || pending?.question.id !== reply.id) return
    if (!reply.ok && reply.reason === 'memory') return this.#lost(child, 'memory', reply.message)
    this.#underWay.shift()
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#underWay[0]) this.#watch(this.#underWay[0])
    if (reply.held > mostHeld) this.#tired = true
    if (reply.ok) pending.resolve(reply.value)
    else pending.reject(new RunFailure('failed', reply.message))
    this.#feed()
  }

  /** The process is gone, or is killed now: the task that it worked on bears the blame, those behind it go again. */
  #lost(child: ChildProcess, reason: RunFailure['reason'], message: string): void {
    if (child !== this.#child) return
    const [first, ...others] = this.#underWay.splice(0)
    this.#letGo()
    this.#waiting.unshift(...others)
    if (first && first.losses < first.lossesAllowed) {
      first.losses += 1
      this.#waiting.unshift(first)
    } else first?.reject(new RunFailure(reason, message))
    this.#feed()
  }

  #letGo(): void {
    for (const timer of [this.#timer, this.#rest]) if (timer) clearTimeout(timer)
    this.#timer = this.#rest = null
    this.#tired = false
    const child = this.#child
    this.#child = null
    child?.kill('SIGKILL')
  }
}

/** At once after its start: on Linux every thread takes the priority of the one that makes it. */
function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // A system that does not let us: it runs as any other process, then.
  }
}

const cancelled = () => new RunFailure('cancelled', 'it was cancelled')
