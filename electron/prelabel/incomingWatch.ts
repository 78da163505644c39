import { bringIn, type BringingIn } from './incoming.ts'

const everyMs = 1000

/** While a project is open for writing: brings in what runs of models beside it leave, a file at a time so that nobody waits for long. */
export class IncomingWatch {
  readonly #options: BringingIn
  readonly #timer: NodeJS.Timeout
  #atWork: Promise<unknown> = Promise.resolve()
  #busy = false

  constructor(options: BringingIn) {
    this.#options = options
    this.#timer = setInterval(() => this.#look(), everyMs).unref()
  }

  /** Resolves when nothing of the project is touched any more. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#atWork
  }

  #look(): void {
    if (this.#busy) return
    this.#busy = true
    // What cannot be written now (a full disk) waits where it lies.
    this.#atWork = bringIn(this.#options, 4).catch(() => 0).finally(() => { this.#busy = false })
  }
}
