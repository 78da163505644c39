import { parseVariant, spectrogramTile } from '#shared/audio/spectrogram.ts'
import { toInt16 } from '#shared/audio/peaks.ts'
import { mixed, openPcm, type PcmFile } from './pcmFile.ts'

export type SoundTileInput = { path: string; what: 'samples' | 'spectrogram'; variant: string; tile: number }

/** Frames of a tile of samples. */
export const sampleTileFrames = 16_384

/** The samples of a stretch (16 bits, interleaved) or its spectra; null where the address names none. */
export async function soundTile({ path, what, variant, tile }: SoundTileInput): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = await openPcm(path)
  if (file === null) return null
  try {
    return what === 'samples' ? await sampleTile(file, tile) : await spectraTile(file, variant, tile)
  } finally {
    await file.close()
  }
}

async function sampleTile(file: PcmFile, tile: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const count = Math.min(sampleTileFrames, file.frames - tile * sampleTileFrames)
  if (count <= 0) return null
  const channelData = await file.read(tile * sampleTileFrames, count)
  const samples = new Int16Array(count * file.channels)
  channelData.forEach((data, channel) => data.forEach((sample, at) => { samples[at * file.channels + channel] = toInt16(sample) }))
  return new Uint8Array(samples.buffer)
}

async function spectraTile(file: PcmFile, name: string, tile: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const variant = parseVariant(name)
  if (variant === null || tile * 128 * 2 ** variant.hop > file.frames + variant.window) return null
  return spectrogramTile(variant, tile, async (from, count) => mixed(await file.read(from, count)))
}
