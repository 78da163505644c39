import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { AudioAsset } from '#shared/model/asset.ts'
import { inRate } from '#shared/formats/timed/decimal.ts'
import { formatOfMime, isImageFormat } from './formats.ts'
import type { MediaPool } from './mediaPool.ts'

export type ClipRequest = { start: number; end: number; rate: number; out: string }

/**
 * Cuts one recording into WAV files at the samples nearest to the times, in a worker. Throws `unsupported` where it
 * cannot be decoded, `unexpected` where a clip comes out with another length than its times say.
 */
export async function writeClips(pool: MediaPool, asset: AudioAsset, file: string, clips: readonly ClipRequest[]): Promise<void> {
  const format = formatOfMime(asset.mime)
  if (format === undefined || isImageFormat(format)) throw new QuorumError('unsupported', `${asset.name} is of a kind (${asset.mime}) that cannot be cut.`)
  const cuts = clips.map(({ start, end, rate, out }) => ({ from: inRate(start, rate, Math.round(asset.sampleRate)).ticks, to: inRate(end, rate, Math.round(asset.sampleRate)).ticks, out }))
  let frames: number[]
  try {
    frames = (await pool.run('cut', { path: file, format, clips: cuts }, { timeoutMs: 3_600_000 })).frames
  } catch (error) {
    throw new QuorumError('unsupported', `${asset.name} could not be cut into clips.`, messageOf(error))
  }
  const length = Math.round(asset.duration * asset.sampleRate)
  for (const [index, { from, to }] of cuts.entries()) {
    const wanted = Math.max(0, Math.min(to, length) - Math.min(from, length))
    if (frames[index] !== wanted) throw new QuorumError('unexpected', `A clip of ${asset.name} came out with ${frames[index]} samples instead of ${wanted}. Nothing was written; please report this.`)
  }
}
