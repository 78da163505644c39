import { join } from 'node:path'
import type { Asset, ImageAsset } from '#shared/model/asset.ts'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { MediaFormat } from './formats.ts'
import { formatOfMime, hugePixels, showableSide } from './formats.ts'
import type { MediaPool } from './mediaPool.ts'
import { exists } from './thumbnail.ts'

/** What a page can show for an asset. Records stay in pixels of the full picture: shown = full × `scale`. */
export type Display = {
  path: string; mime: string
  scale: number
  /** Why it is not the file itself; null where it is. */
  reason: 'turned' | 'format' | 'animated' | 'too-large' | null
}

/** What Chromium shows from its own bytes. */
const shown = new Set<MediaFormat>(['jpeg', 'png', 'webp', 'bmp', 'avif', 'gif'])
/** Coded without loss: shown as PNG, others as JPEG. */
const lossless = new Set<MediaFormat>(['png', 'tiff', 'bmp', 'gif', 'webp'])

/** The factor to shrink by, 1 where the picture can be shown whole: at most 16,000 pixels a side and 100 megapixels. */
export function displayScale({ width, height }: { width: number; height: number }): number {
  return Math.min(1, showableSide / Math.max(width, height), Math.sqrt(hugePixels / (width * height)))
}

/** Why the file's own bytes cannot be shown; null where they can. */
export function displayReason(asset: ImageAsset, format: MediaFormat): Display['reason'] {
  if (displayScale(asset) < 1) return 'too-large'
  if (asset.orientation !== 1) return 'turned'
  if (!shown.has(format)) return 'format'
  return asset.findings.includes('animated') ? 'animated' : null
}

/** Makes what a page shows when it is first asked for, and keeps it in `cacheFolder`/display. */
export class Displays {
  readonly #pool: MediaPool
  readonly #folder: string
  readonly #inFlight = new Map<string, Promise<Display>>()

  constructor(pool: MediaPool, cacheFolder: string) {
    this.#pool = pool
    this.#folder = join(cacheFolder, 'display')
  }

  /** `file` is the asset's own file. Sound is served as it is. Throws `unsupported` where the picture cannot be decoded. */
  async get(asset: Asset, file: string): Promise<Display> {
    if (asset.kind === 'audio') return { path: file, mime: asset.mime, scale: 1, reason: null }
    const format = formatOfMime(asset.mime)
    if (format === undefined) throw new QuorumError('unsupported', `${asset.name} is of a kind (${asset.mime}) that cannot be shown.`)
    const reason = displayReason(asset, format)
    if (reason === null) return { path: file, mime: asset.mime, scale: 1, reason }
    const running = this.#inFlight.get(asset.hash)
    if (running) return running
    const made = this.#make(asset, file, format, reason).finally(() => this.#inFlight.delete(asset.hash))
    this.#inFlight.set(asset.hash, made)
    return made
  }

  async #make(asset: ImageAsset, file: string, format: MediaFormat, reason: Display['reason']): Promise<Display> {
    const as = lossless.has(format) ? 'png' : 'jpeg'
    const to = join(this.#folder, `${asset.hash}.${as}`)
    const side = Math.floor(Math.max(asset.width, asset.height) * displayScale(asset))
    if (!(await exists(to))) {
      try {
        // A gigapixel takes a while; it is made once.
        await this.#pool.run('render', { path: file, format, side, to, as }, { timeoutMs: 600_000 })
      } catch (error) {
        throw new QuorumError('unsupported', `${asset.name} cannot be shown, because its pixels cannot be read.`, messageOf(error))
      }
    }
    return { path: to, mime: `image/${as}`, scale: side / Math.max(asset.width, asset.height), reason }
  }
}
