import { join } from 'node:path'
import type { PeaksState } from '#shared/contract/audio.ts'
import { messageOf } from '#shared/contract/errors.ts'
import type { AudioAsset } from '#shared/model/asset.ts'
import type { SoundTileKind } from '#electron/transport/mediaAddress.ts'
import { formatOfMime } from './formats.ts'
import type { MediaPool } from './mediaPool.ts'
import { openPcm } from './pcmFile.ts'
import { readPeaksHeader, readPeaksTile, type PeaksHeader } from './peaksFile.ts'
import { soundTile } from './soundTiles.ts'
import { exists } from './thumbnail.ts'

interface Ready { readonly header: PeaksHeader; readonly peaks: string; /** Where samples are read by their number. */ readonly pcm: string }
type Entry = { readonly kind: 'working'; readonly done: Float64Array; readonly made: Promise<Ready> } | { readonly kind: 'ready'; readonly ready: Ready } | { readonly kind: 'failed'; readonly message: string }

const longestMs = 60 * 60_000

/** What a page draws and hears sounds from: peaks, samples and spectra, made when first asked for and kept in `cacheFolder`/sound. */
export class Sounds {
  readonly #pool: MediaPool
  readonly #folder: string
  readonly #entries = new Map<string, Entry>()
  /** One sound at a time, so that a worker is left for tiles and pictures. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(pool: MediaPool, cacheFolder: string) {
    this.#pool = pool
    this.#folder = join(cacheFolder, 'sound')
  }

  /** Where the drawing of a sound stands; begins it where nobody has. */
  async state(asset: AudioAsset, file: string): Promise<PeaksState> {
    if (formatOfMime(asset.mime) === 'm4a') return { kind: 'in-page' }
    let entry = this.#entries.get(asset.hash)
    if (!entry) {
      entry = this.#begin(asset, file)
      // What is in the cache is there in a moment.
      await Promise.race([entry.made.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 60))])
      entry = this.#entries.get(asset.hash) ?? entry
    }
    if (entry.kind === 'failed') return { kind: 'failed', message: entry.message }
    if (entry.kind === 'working') return { kind: 'working', done: Math.min(1, (entry.done[0] ?? 0) / Math.max(1, asset.duration * asset.sampleRate)) }
    const { header, pcm } = entry.ready
    const format = formatOfMime(asset.mime)
    return { kind: 'ready', sampleRate: header.sampleRate || asset.sampleRate, channels: header.channels, frames: header.frames, complete: header.complete, seekable: format !== 'mp3' && (format !== 'wav' || pcm === file) }
  }

  /** Makes what is missing and waits for it; a failure is kept for whoever asks. */
  async prepare(asset: AudioAsset, file: string): Promise<void> {
    if (formatOfMime(asset.mime) === 'm4a') return
    const entry = this.#entries.get(asset.hash) ?? this.#begin(asset, file)
    if (entry.kind === 'working') await entry.made.catch(() => undefined)
  }

  async tile(asset: AudioAsset, what: SoundTileKind, variant: string, tile: number): Promise<Uint8Array | null> {
    const entry = this.#entries.get(asset.hash)
    if (entry?.kind !== 'ready' || !Number.isSafeInteger(tile) || tile < 0) return null
    const { header, peaks, pcm } = entry.ready
    if (what === 'peaks') return /^\d$/u.test(variant) ? readPeaksTile(peaks, header, Number(variant), tile) : null
    // Samples are quick to read; spectra cost a worker's time.
    return what === 'samples' ? soundTile({ path: pcm, what, variant, tile }) : this.#pool.run('soundTile', { path: pcm, what, variant, tile })
  }

  /** The samples as WAV, for formats in which a player finds a moment only roughly (MP3) or that it does not play (ADPCM); null where they were not written. */
  async seekable(asset: AudioAsset): Promise<string | null> {
    const path = this.#pcmPath(asset)
    return (await exists(path)) ? path : null
  }

  #begin(asset: AudioAsset, file: string): Extract<Entry, { kind: 'working' }> {
    const done = new Float64Array(new SharedArrayBuffer(8))
    const made = this.#find(asset, file, done)
    const entry = { kind: 'working', done, made } as const
    this.#entries.set(asset.hash, entry)
    made.then(
      (ready) => this.#entries.set(asset.hash, { kind: 'ready', ready }),
      (error: unknown) => this.#entries.set(asset.hash, { kind: 'failed', message: failure(asset, error) }),
    )
    return entry
  }

  async #find(asset: AudioAsset, file: string, done: Float64Array): Promise<Ready> {
    const format = formatOfMime(asset.mime) ?? 'wav'
    const peaks = join(this.#folder, `${asset.hash}.peaks`)
    const pcm = format === 'wav' && (await addressable(file)) ? file : this.#pcmPath(asset)
    const known = (await exists(peaks)) && (await exists(pcm)) ? await readPeaksHeader(peaks).catch(() => null) : null
    if (known) return { header: known, peaks, pcm }
    const before = this.#last
    const run = async () => {
      await before
      await this.#pool.run('makePeaks', { path: file, format, channels: asset.channels, to: peaks, pcmTo: pcm === file ? null : pcm, progress: done.buffer as SharedArrayBuffer }, { timeoutMs: longestMs })
    }
    const made = run()
    this.#last = made.catch(() => undefined)
    await made
    return { header: await readPeaksHeader(peaks), peaks, pcm }
  }

  #pcmPath = (asset: AudioAsset) => join(this.#folder, `${asset.hash}.wav`)
}

async function addressable(file: string): Promise<boolean> {
  const pcm = await openPcm(file).catch(() => null)
  await pcm?.close()
  return pcm !== null
}

const failure = (asset: AudioAsset, error: unknown) =>
  `The waveform of ${asset.name} cannot be drawn: ${messageOf(error)}. It may still play; text can be written all the same.`
