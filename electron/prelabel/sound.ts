import type { Region } from '#shared/contract/models.ts'
import type { AudioSample } from '#shared/prelabel/sample.ts'
import { decodeSamples } from '#electron/media/decodeSamples.ts'
import { formatOfMime } from '#electron/media/formats.ts'
import { mixed } from '#electron/media/pcmFile.ts'
import type { ItemFile } from './protocol.ts'

type SoundFile = Extract<ItemFile, { kind: 'audio' }>

/** Seconds of sound that are in memory at once. */
const windowSeconds = 600

/** Hands on a sound, mixed to one channel, in windows of ten minutes; `start` in seconds of the item. Throws in words. */
export async function eachWindow(item: SoundFile, region: Extract<Region, { kind: 'stretch' }> | null, each: (sample: AudioSample, start: number) => Promise<void>): Promise<void> {
  const format = formatOfMime(item.mime)
  if (format === undefined || format === 'm4a') throw new Error(format === 'm4a' ? 'AAC in M4A cannot be decoded here; save the sound as WAV or FLAC.' : `Sound of the kind ${item.mime} cannot be decoded.`)
  const from = region?.start ?? 0, to = region?.end ?? Infinity
  let parts: Float32Array[] = []
  let held = 0, passed = 0, begun = from, rate = 0
  const hand = async () => {
    if (held === 0) return
    const samples = joined(parts, held)
    parts = []
    held = 0
    await each({ kind: 'audio', samples, sampleRate: rate }, begun)
    begun += samples.length / rate
  }
  await decodeSamples(item.path, format, async (channels, sampleRate) => {
    rate = sampleRate
    const mono = mixed(channels)
    const first = Math.max(0, Math.round(from * rate) - passed), end = Math.min(mono.length, Math.round(to * rate) - passed)
    passed += mono.length
    // Decoders may reuse what they hand out.
    if (end > first) parts.push(mono.slice(first, end))
    held += Math.max(0, end - first)
    if (held >= windowSeconds * rate) await hand()
  })
  await hand()
}

function joined(parts: readonly Float32Array[], length: number): Float32Array {
  const all = new Float32Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
