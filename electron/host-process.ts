import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { HostEvent } from '#shared/contract/events.ts'
import type { MediaFile } from './host/mediaFile.ts'
import type { FromHost, ToHost } from './transport/child.ts'
import type { MediaKind, SoundTileKind } from './transport/mediaAddress.ts'
import type { Reply } from './transport/dispatch.ts'

export interface HostProcessOptions {
  /** The pinned Node. */
  node: string
  /** The host's entry file. */
  entry: string
  env: NodeJS.ProcessEnv
}

type Asked = { kind: 'call', method: unknown, input: unknown } | { kind: 'file', what: MediaKind, asset: string } | { kind: 'tile', what: SoundTileKind, asset: string, variant: string, tile: number }
  | { kind: 'model', model: string, file: string, hash: string | null }
type Answer = Extract<FromHost, { id: number }>

const hostGone: Reply = {
  ok: false,
  error: { code: 'host-gone', message: 'The part of Quorum that keeps your work stopped while it was busy with this. It is being started again; try once more.', detail: null },
}

const opening = new Set(['projects.open', 'projects.create', 'projects.practice'])
const firstDelayMs = 200
const longestDelayMs = 5000
/** A host that lived this long was well: the next restart is at once again. */
const wellAfterMs = 30_000

/** Keeps one host alive: starts it, restarts it when it dies, and fails what was under way with a sentence. */
export class HostProcess {
  readonly #options: HostProcessOptions
  readonly #events = new EventEmitter<{ event: [HostEvent] }>()
  /** What is under way, by id; answered with null when the host is gone. */
  readonly #waiting = new Map<number, (answer: Answer | null) => void>()
  #child: ChildProcess | null = null
  #queued: ToHost[] = []
  #ready = false
  #closing = false
  #delayMs = firstDelayMs
  #startedAt = 0
  #nextId = 1
  #restarts = 0
  #openProject: string | null = null

  constructor(options: HostProcessOptions) {
    this.#options = options
  }

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  on(listener: (event: HostEvent) => void): void {
    this.#events.on('event', listener)
  }

  start(): void {
    this.#startedAt = Date.now()
    const { node, entry, env } = this.#options
    const child = fork(entry, [], { execPath: node, execArgv: [], serialization: 'advanced', env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    child.on('message', (message) => this.#receive(message as FromHost))
    child.once('error', () => this.#lost(child))
    child.once('exit', () => this.#lost(child))
  }

  /** Runs a method of the contract in the host. Never rejects. */
  async call(method: unknown, input: unknown): Promise<Reply> {
    const answer = await this.#ask({ kind: 'call', method, input })
    const reply = answer?.kind === 'reply' ? answer.reply : hostGone
    if (reply.ok) this.#rememberProject(method, reply.value)
    return reply
  }

  /** The file behind an item's address; null where there is none that may be shown. */
  async file(what: MediaKind, asset: string): Promise<MediaFile | null> {
    const answer = await this.#ask({ kind: 'file', what, asset })
    return answer?.kind === 'file' ? answer.file : null
  }

  /** A file of a model; null where it has none of that name. */
  async modelFile(model: string, name: string, hash: string | null): Promise<MediaFile | null> {
    const answer = await this.#ask({ kind: 'model', model, file: name, hash })
    return answer?.kind === 'file' ? answer.file : null
  }

  /** A stretch of a sound as bytes; null where there is none. */
  async tile(what: SoundTileKind, asset: string, variant: string, tile: number): Promise<Uint8Array | null> {
    const answer = await this.#ask({ kind: 'tile', what, asset, variant, tile })
    return answer?.kind === 'tile' ? answer.bytes : null
  }

  /** Lets the host finish what it writes, at most `patienceMs`. */
  async close(patienceMs = 5000): Promise<void> {
    this.#closing = true
    const child = this.#child
    if (!child || child.exitCode !== null) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.send({ kind: 'close' } satisfies ToHost)
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, patienceMs))])
    child.kill()
  }

  #ask(asked: Asked): Promise<Answer | null> {
    const id = this.#nextId++
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      const message: ToHost = { id, ...asked }
      if (this.#ready) this.#child?.send(message)
      else this.#queued.push(message)
    })
  }

  /** Which project is open is all that a host keeps in memory alone; the next one is brought back to it. */
  #rememberProject(method: unknown, output: unknown): void {
    if (method === 'projects.close') this.#openProject = null
    else if (opening.has(String(method))) this.#openProject = (output as { path: string }).path
  }

  #receive(message: FromHost): void {
    if (message.kind === 'ready') this.#becameReady()
    else if (message.kind === 'event') this.#events.emit('event', message.event)
    else this.#settle(message)
  }

  #becameReady(): void {
    this.#ready = true
    if (this.#restarts === 0) this.#sendQueued()
    else void this.#comeBack()
  }

  #sendQueued(): void {
    for (const message of this.#queued.splice(0)) this.#child?.send(message)
  }

  async #comeBack(): Promise<void> {
    const path = this.#openProject
    const opened = path === null ? null : this.call('projects.open', { path })
    // The channel keeps the order: what waited comes after the project is asked for.
    this.#sendQueued()
    const reply = await opened
    const message = reply?.ok === false
      ? `The part of Quorum that keeps your work was started again, but could not open the project: ${reply.error.message}`
      : 'The part of Quorum that keeps your work had stopped and was started again. Everything saved is there.'
    this.#events.emit('event', { kind: 'restarted', message })
  }

  #settle(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer)
    this.#waiting.delete(answer.id)
  }

  #lost(child: ChildProcess): void {
    if (child !== this.#child) return
    this.#child = null
    this.#ready = false
    const queued = new Set(this.#queued.map((message) => ('id' in message ? message.id : 0)))
    for (const [id, resolve] of this.#waiting) {
      // What was never sent waits for the next host; what was sent may or may not have been done.
      if (queued.has(id)) continue
      this.#waiting.delete(id)
      resolve(null)
    }
    if (this.#closing) return
    this.#restarts += 1
    this.#delayMs = Date.now() - this.#startedAt > wellAfterMs ? firstDelayMs : Math.min(this.#delayMs * 2, longestDelayMs)
    setTimeout(() => this.start(), this.#delayMs)
  }
}
