import { setTimeout as rest } from 'node:timers/promises'
import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import { labelsForClasses } from '#shared/prelabel/mapping.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import { GrowingDraftFile, headLine, itemLine } from './draftFile.ts'
import { addWritten, nothingWritten, type DraftRun, type DraftSink, type Written } from './draftRun.ts'
import { bringInIfFree, leave, prepareIncoming, receiptOf, type BringingIn } from './incoming.ts'
import { labellingOf, type Labelling } from './labelling.ts'
import type { Predicted } from './protocol.ts'
import { DraftWriter } from './writer.ts'

export interface SinkOptions {
  /** Open for reading is enough. */
  readonly project: OpenProject
  readonly run: DraftRun
  readonly now: () => number
}

/** Least milliseconds between two groups that are handed over, and most bytes in one. */
const everyMs = 1500
const mostBytes = 8 * 1024 ** 2
/** How long a run waits at its end for another program to take in what it handed over. */
const patienceMs = 20_000
const pollMs = 150

/** Only asked what stands already; nothing is written through it. */
const readerOf = ({ project, run, now }: SinkOptions, written: Written) => new DraftWriter({ project, run, now, written, commit: () => { throw new Error('This writer only reads.') } })

/** Hands drafts over by way of the project's `incoming` folder, so that many runs work at once and beside an open window; see incoming.ts. */
export class HandOver implements DraftSink {
  readonly written = nothingWritten()
  readonly #options: SinkOptions
  readonly #commitTo: (project: OpenProject) => BringingIn['commit']
  readonly #reader: DraftWriter
  /** How many items each group that waits has, by its name. */
  readonly #out = new Map<string, number>()
  #lines: string[] = []
  #bytes = 0
  #leftAt: number
  #offer: Promise<unknown> | null = null
  /** Why what lies there could not be brought in; ends the run. */
  #failure: unknown = null

  /** Throws in words where the project's folder cannot be written. */
  constructor(options: SinkOptions, commitTo: (project: OpenProject) => BringingIn['commit']) {
    prepareIncoming(options.project.folder)
    this.#options = options
    this.#commitTo = commitTo
    this.#reader = readerOf(options, this.written)
    this.#leftAt = options.now()
  }

  get waiting(): number {
    return [...this.#out.values()].reduce((sum, items) => sum + items, this.#lines.length)
  }

  wants(asset: Pick<Asset, 'id'>): boolean {
    return this.#reader.wants(asset)
  }

  said({ id: asset }: Pick<Asset, 'id'>, { outcome, ms, backend }: Predicted, at = this.#options.now()): void {
    const line = itemLine({ asset, at, ms, backend, outcome })
    this.#lines.push(line)
    this.#bytes += line.length
    if (this.#options.now() - this.#leftAt < everyMs && this.#bytes < mostBytes) return
    this.flush()
    this.#collect()
  }

  flush(): void {
    if (this.#lines.length === 0) return
    const name = leave(this.#options.project.folder, headLine(this.#options.run) + this.#lines.join(''))
    this.#out.set(name, this.#lines.length)
    this.#lines = []
    this.#bytes = 0
    this.#leftAt = this.#options.now()
    this.#offer ??= this.#bringIn().finally(() => { this.#offer = null })
  }

  async end(signal: AbortSignal): Promise<void> {
    this.flush()
    await this.#offer
    const until = Date.now() + patienceMs
    while (!this.#isThrough() && Date.now() < until && !signal.aborted) {
      // Others that end at this moment are not to ask in step.
      await rest(pollMs * (0.5 + Math.random()))
      await this.#bringIn()
    }
  }

  #isThrough(): boolean {
    this.#collect()
    return this.#out.size === 0
  }

  /** Where another program has the project open, that one will do it. */
  async #bringIn(): Promise<void> {
    const { project, now } = this.#options
    try {
      await bringInIfFree(project.folder, now, this.#commitTo)
    } catch (error) {
      this.#failure = error
    }
  }

  #collect(): void {
    if (this.#failure !== null) throw this.#failure
    for (const name of this.#out.keys()) {
      const receipt = receiptOf(this.#options.project.folder, name)
      if (receipt === null) continue
      this.#out.delete(name)
      addWritten(this.written, receipt)
    }
  }
}

/** Writes what is said into a file, for a project that lies elsewhere; what it would become here is counted. */
export class DraftsToFile implements DraftSink {
  readonly written = nothingWritten()
  readonly waiting = 0
  readonly #options: SinkOptions
  readonly #reader: DraftWriter
  readonly #file: GrowingDraftFile
  readonly #labelling: Labelling
  #lines: string[] = []
  #writtenAt = 0

  private constructor(options: SinkOptions, file: GrowingDraftFile) {
    this.#options = options
    this.#file = file
    this.#reader = readerOf(options, this.written)
    this.#labelling = labellingOf(options.project.store.db, options.run)
  }

  static async open(options: SinkOptions, path: string): Promise<DraftsToFile> {
    return new DraftsToFile(options, await GrowingDraftFile.open(path, options.run))
  }

  wants(asset: Pick<Asset, 'id'>): boolean {
    const held = this.#file.held.has(asset.id)
    if (held) this.written.done += 1
    return !held && this.#reader.wants(asset)
  }

  said({ id: asset }: { readonly id: AssetId }, { outcome, ms, backend }: Predicted, at = this.#options.now()): void {
    this.#lines.push(itemLine({ asset, at, ms, backend, outcome }))
    this.#count(outcome.predictions)
    if (this.#options.now() - this.#writtenAt >= everyMs) this.flush()
  }

  flush(): void {
    if (this.#lines.length === 0) return
    this.#file.append(this.#lines.join(''))
    this.#lines = []
    this.#writtenAt = this.#options.now()
  }

  async end(): Promise<void> {
    try {
      this.flush()
    } finally {
      this.#file.close()
    }
  }

  #count(predictions: Predicted['outcome']['predictions']): void {
    const labelOf = labelsForClasses(this.#labelling.labels, this.#labelling.mapping)
    const { rule, makeLabels } = this.#options.run
    for (const { className, geometry } of predictions) {
      const unmapped = labelOf(className) === undefined && !rule && !makeLabels && geometry.kind !== 'stretch' && geometry.kind !== 'text-line'
      if (unmapped) this.written.unmapped[className] = (this.written.unmapped[className] ?? 0) + 1
      else this.written.drafts += 1
    }
  }
}
