import { bucketCount, levelCount, PeakBuilder, tileBuckets, toInt16, valuesPerBucket } from '#shared/audio/peaks.ts'
import { parseVariant, spectrogramTile } from '#shared/audio/spectrogram.ts'

export type TileKind = 'peaks' | 'samples' | 'spectrogram'
/** Frames of a tile of samples, as the host cuts them. */
export const sampleTileFrames = 16_384

/** A sound that can be drawn: what it is, and its stretches as the host sends them (null where there is none). */
export interface SoundSource {
  readonly rate: number
  readonly channels: number
  readonly frames: number
  readonly tile: (what: TileKind, variant: string, tile: number) => Promise<ArrayBuffer | null>
}

export type SoundFacts = Pick<SoundSource, 'rate' | 'channels' | 'frames'>

/** Stretches over the transport. */
export function hostSource(facts: SoundFacts, url: (what: TileKind, variant: string, tile: number) => string): SoundSource {
  return {
    ...facts,
    async tile(what, variant, tile) {
      const response = await fetch(url(what, variant, tile))
      return response.ok ? response.arrayBuffer() : null
    },
  }
}

/** Stretches of a sound that the page has decoded itself, made as the host makes them. */
export function pageSource(channelData: readonly Float32Array[], rate: number): SoundSource {
  const frames = channelData[0]?.length ?? 0
  const channels = channelData.length
  const builder = new PeakBuilder(channels)
  builder.add(channelData)
  const { levels } = builder.finish()
  const mix = (from: number, count: number) => Float32Array.from({ length: count }, (_, at) => channelData.reduce((sum, data) => sum + (data[from + at] ?? 0), 0) / channels)
  const peaks = (level: number, tile: number) => {
    const stride = channels * valuesPerBucket
    if (level >= levelCount || tile * tileBuckets >= bucketCount(frames, level)) return null
    return levels[level]!.slice(tile * tileBuckets * stride, (tile + 1) * tileBuckets * stride).buffer as ArrayBuffer
  }
  const samples = (tile: number) => {
    const count = Math.min(sampleTileFrames, frames - tile * sampleTileFrames)
    if (count <= 0) return null
    return Int16Array.from({ length: count * channels }, (_, at) => toInt16(channelData[at % channels]![tile * sampleTileFrames + Math.floor(at / channels)]!)).buffer
  }
  return {
    rate, channels, frames,
    async tile(what, name, tile) {
      if (what === 'peaks') return peaks(Number(name), tile)
      if (what === 'samples') return samples(tile)
      const variant = parseVariant(name)
      return variant === null ? null : (await spectrogramTile(variant, tile, async (from, count) => mix(from, count))).buffer
    },
  }
}
