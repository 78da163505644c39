import { realpath } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ImportReport } from '#shared/contract/importing.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import { TaskFailure } from '#electron/jobs/pool.ts'
import type { JobContext } from '#electron/jobs/queue.ts'
import { clearParts } from '#electron/media/durable.ts'
import { endingMisleads, mediaFormats } from '#electron/media/formats.ts'
import type { MediaPool } from '#electron/media/mediaPool.ts'
import { writeFailure } from '#electron/media/refusal.ts'
import { assetFile, isInside } from '#electron/media/serve.ts'
import { assetOf } from './assetOf.ts'
import { FingerprintCache } from './fingerprintCache.ts'
import { NearDuplicates } from './nearDuplicates.ts'
import { ordered } from './ordered.ts'
import { assetIdOf, FileReader } from './readFiles.ts'
import type { Fresh, Printed, Read } from './readFiles.ts'
import { ReportBuilder } from './report.ts'
import type { ImportSink } from './sink.ts'
import { walk } from './walk.ts'
import type { WalkedFile } from './walk.ts'

export type MediaImportOptions = {
  /** Absolute paths of files or folders. */
  sources: readonly string[]
  mode: 'copied' | 'referenced'
  sink: ImportSink
  pool: MediaPool
  job: JobContext
  /** The walk, where it was done already, without the files that are others' business. */
  walked?: readonly WalkedFile[]
  report?: ReportBuilder
}

export type MediaImport = {
  report: ImportReport
  /** The asset of each file that is in the project now, by visible name; duplicates stand for the first. */
  assetByName: Map<string, AssetId>
}

const batchSize = 200

/**
 * Brings pictures and sound into the project: walk, identify and hash, leave out what is in, probe and copy, commit in
 * batches. Every file becomes an asset or has an issue and counts as skipped. When it is cancelled or the process dies,
 * what was committed stays and the next import of the same sources goes on there.
 * Rejects with `disk-full`, `read-only` or `no-permission` when the project cannot be written.
 */
export async function importMedia(options: MediaImportOptions): Promise<MediaImport> {
  const report = options.report ?? new ReportBuilder()
  const run = new MediaRun(options, report)
  await clearParts(options.sink.mediaFolder)
  const walked = options.walked ?? (await walkSources(options.sources, options.sink, report, options.job.signal))
  for (const source of options.mode === 'referenced' ? options.sources : []) options.sink.allowRoot(source)
  await run.over(walked)
  return { report: report.report, assetByName: run.assetByName }
}

/** Walks what a person picked, leaving out the project itself where it lies inside. */
export async function walkSources(sources: readonly string[], sink: ImportSink, report: ReportBuilder, signal: AbortSignal): Promise<WalkedFile[]> {
  const own = await Promise.all([sink.mediaFolder, sink.cacheFolder, dirname(sink.mediaFolder)].map((path) => realpath(path).catch(() => path)))
  return walk(sources, { report, except: own, signal })
}

class MediaRun {
  readonly assetByName = new Map<string, AssetId>()
  readonly #options: MediaImportOptions
  readonly #report: ReportBuilder
  readonly #cache: FingerprintCache
  readonly #near: NearDuplicates
  readonly #first = new Map<string, string>()
  readonly #roots: string[] = []
  #batch: Asset[] = []
  #done = 0
  #total = 0

  constructor(options: MediaImportOptions, report: ReportBuilder) {
    this.#options = options
    this.#report = report
    this.#cache = new FingerprintCache(join(options.sink.cacheFolder, 'fingerprints.jsonl'))
    this.#near = new NearDuplicates(options.sink)
  }

  async over(files: readonly WalkedFile[]): Promise<void> {
    const { sink, mode, pool, job, sources } = this.#options
    const reader = new FileReader(pool, this.#cache, mode === 'copied' ? sink.mediaFolder : null, job.signal)
    this.#total = files.length
    for (const source of sources) this.#roots.push(await realpath(source).catch(() => source))
    job.progress(0, this.#total, '')
    try {
      const prints = ordered(files, reader.ahead, (file) => reader.print(file))
      for await (const read of ordered(this.#fresh(prints), reader.ahead, (fresh) => reader.take(fresh))) this.#taken(read)
    } catch (error) {
      if (!(error instanceof TaskFailure && error.reason === 'cancelled')) throw error
    } finally {
      this.#flush()
      this.#cache.save()
    }
  }

  /** Passes on what is new by its bytes; the rest is told at once. */
  async *#fresh(prints: AsyncIterable<Printed>): AsyncGenerator<Fresh> {
    const { sink, job } = this.#options
    for await (const { file, print } of prints) {
      if (job.signal.aborted) return
      if (!print.ok) {
        this.#skip(file, print.code, print.message)
        continue
      }
      const id = assetIdOf(print.hash)
      const first = this.#first.get(print.hash)
      const known = sink.known(id)
      this.#first.set(print.hash, first ?? known?.name ?? file.name)
      if (first !== undefined) this.#duplicate(file, id, `Has the same bytes as ${first}, which is imported once.`)
      else if (known && (await this.#stillThere(known))) this.#duplicate(file, id, known.name === file.name ? 'Is in the project already, byte for byte.' : `Has the same bytes as ${known.name}, which is in the project already.`)
      else if (await this.#leadsOut(file)) this.#skip(file, 'link-outside', 'Is, or lies behind, a link to a place outside the folder that was picked. Import that folder too, or copy instead of referring.')
      else yield { file, print, lost: known ?? null }
    }
  }

  #taken({ fresh, reply }: Read): void {
    const { file, print, lost } = fresh
    if ('fatal' in reply) throw this.#writeError(reply.fatal)
    if ('ok' in reply) return this.#skip(file, reply.code, reply.message)
    const { noticed } = reply.facts
    const near = reply.facts.kind === 'image' && lost === null ? this.#near.find(reply.facts, assetIdOf(print.hash), file.name) : null
    if (near) noticed.push(near)
    const asset = assetOf(file, print, reply, lost)
    for (const { code, message } of noticed) this.#report.note(file.name, code, message)
    if (lost) this.#report.note(file.name, 'found-again', `Stands for ${lost.name}, whose own file was gone.`)
    const ending = extname(file.name).slice(1).toLowerCase()
    if (endingMisleads(ending, print.format)) this.#report.note(file.name, 'wrong-ending', `Is named .${ending} but is ${mediaFormats[print.format].name} by its bytes; it is read as that.`)
    this.assetByName.set(file.name, asset.id)
    this.#batch.push(asset)
    if (lost === null) this.#report.assets++
    this.#step(file)
    if (this.#batch.length >= batchSize) this.#flush()
  }

  #flush(): void {
    const batch = this.#batch
    this.#batch = []
    if (batch.length > 0) this.#options.sink.commit(batch.length === 1 ? 'import 1 item' : `import ${batch.length} items`, batch)
    this.#cache.save()
  }

  #duplicate(file: WalkedFile, id: AssetId, message: string): void {
    this.assetByName.set(file.name, id)
    this.#skip(file, 'duplicate', message)
  }

  #skip(file: WalkedFile, code: string, message: string): void {
    this.#report.skip(file.name, code, message)
    this.#step(file)
  }

  #step(file: WalkedFile): void {
    this.#options.job.progress(++this.#done, this.#total, file.name)
  }

  async #stillThere(asset: Asset): Promise<boolean> {
    try {
      const root = asset.source.mode === 'referenced' ? [dirname(asset.source.path)] : []
      await assetFile(asset, this.#options.sink.mediaFolder, root)
      return true
    } catch {
      return false
    }
  }

  /** Referenced files are served only from the folders that were picked, and a link must not widen that. */
  async #leadsOut({ path }: WalkedFile): Promise<boolean> {
    if (this.#options.mode === 'copied') return false
    const real = await realpath(path)
    return !this.#roots.some((root) => isInside(root, real))
  }

  #writeError({ code, message }: { code: string; message: string }): QuorumError {
    const folder = this.#options.sink.mediaFolder
    return writeFailure(Object.assign(new Error(message), { code }), folder)
      ?? new QuorumError('unexpected', `A copy could not be written to ${folder} (${message}). Start the import again; it goes on where it stopped.`, code)
  }
}
