import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import { TaskFailure } from '#electron/jobs/pool.ts'
import type { Fingerprint } from '#electron/media/fingerprint.ts'
import type { Refusal } from '#electron/media/image.ts'
import type { MediaPool } from '#electron/media/mediaPool.ts'
import type { TakeReply } from '#electron/media/take.ts'
import type { FingerprintCache } from './fingerprintCache.ts'
import type { WalkedFile } from './walk.ts'

export const assetIdOf = (hash: string) => `asset:${hash.slice(0, 40)}` as AssetId

export type Printed = { file: WalkedFile; print: Fingerprint | Refusal }
/** A file whose bytes are new to the project; `lost` is the asset it stands for again, whose own file is gone. */
export type Fresh = { file: WalkedFile; print: Fingerprint; lost: Asset | null }
export type Read = { fresh: Fresh; reply: TakeReply }

/** The pool's two steps of reading a file, with a failing worker told as what it means for the file. */
export class FileReader {
  readonly #pool: MediaPool
  readonly #cache: FingerprintCache
  readonly #copyTo: string | null
  readonly #signal: AbortSignal

  constructor(pool: MediaPool, cache: FingerprintCache, copyTo: string | null, signal: AbortSignal) {
    this.#pool = pool
    this.#cache = cache
    this.#copyTo = copyTo
    this.#signal = signal
  }

  /** How many files to have in hand at once: enough that no worker waits for the slowest file before it. */
  get ahead(): number {
    return this.#pool.size * 4
  }

  async print(file: WalkedFile): Promise<Printed> {
    const cached = await this.#cache.get(file.path)
    if (cached) return { file, print: cached }
    const print = await this.#refusing(() => this.#pool.run('fingerprint', file.path, { signal: this.#signal }))
    if (print.ok) await this.#cache.set(file.path, print)
    return { file, print }
  }

  async take(fresh: Fresh): Promise<Read> {
    const { hash, bytes, format } = fresh.print
    const input = { path: fresh.file.path, hash, bytes, format, copyTo: this.#copyTo }
    return { fresh, reply: await this.#refusing(() => this.#pool.run('take', input, { signal: this.#signal })) }
  }

  async #refusing<Reply>(run: () => Promise<Reply>): Promise<Reply | Refusal> {
    try {
      return await run()
    } catch (error) {
      // Workers that cannot start say nothing of the file; the import ends.
      if (!(error instanceof TaskFailure) || error.reason === 'cancelled' || error.reason === 'not-started') throw error
      return { ok: false, code: 'unreadable', message: `Reading it ${error.reason === 'timeout' ? error.message : `made the decoder fail (${error.message})`}. Open and save it in another program.` }
    }
  }
}
