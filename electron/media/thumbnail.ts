import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImageAsset } from '#shared/model/asset.ts'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import { formatOfMime } from './formats.ts'
import type { MediaPool } from './mediaPool.ts'

/** The longest side of a thumbnail in pixels. */
export const thumbnailSide = 160

/** Makes each thumbnail when it is first asked for and keeps it in `cacheFolder`/thumbnails. */
export class Thumbnails {
  readonly #pool: MediaPool
  readonly #folder: string
  readonly #inFlight = new Map<string, Promise<string>>()

  constructor(pool: MediaPool, cacheFolder: string) {
    this.#pool = pool
    this.#folder = join(cacheFolder, 'thumbnails')
  }

  /**
   * The path of the asset's thumbnail (WebP, upright); `file` is the asset's own file. Asking twice at once makes it once.
   * Throws `unsupported` where the picture cannot be decoded.
   */
  get(asset: ImageAsset, file: string): Promise<string> {
    const running = this.#inFlight.get(asset.hash)
    if (running) return running
    const made = this.#make(asset, file).finally(() => this.#inFlight.delete(asset.hash))
    this.#inFlight.set(asset.hash, made)
    return made
  }

  async #make(asset: ImageAsset, file: string): Promise<string> {
    const to = join(this.#folder, `${asset.hash}.webp`)
    if (await exists(to)) return to
    const format = formatOfMime(asset.mime)
    if (format === undefined) throw new QuorumError('unsupported', `${asset.name} is of a kind (${asset.mime}) that has no thumbnail.`)
    try {
      await this.#pool.run('render', { path: file, format, side: thumbnailSide, to, as: 'thumbnail' })
    } catch (error) {
      throw new QuorumError('unsupported', `${asset.name} has no thumbnail, because its pixels cannot be read.`, messageOf(error))
    }
    return to
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).size > 0
  } catch {
    return false
  }
}
