import { open } from 'node:fs/promises'
import { decoder as wavDecoder } from '@audio/decode-wav'
import { readerOf } from './identify.ts'
import { plainHeader, readWavHeader, type WavHeader } from './wavHeader.ts'

/** A WAV file whose frames can be read from anywhere. */
export interface PcmFile {
  readonly channels: number
  readonly sampleRate: number
  readonly frames: number
  /** `count` frames from `from`, an array a channel, -1 to 1; silence before the beginning and behind the end. */
  read(from: number, count: number): Promise<Float32Array[]>
  close(): Promise<void>
}

/** Blocks of ADPCM hold many frames that build on each other; all other kinds hold one. */
const isBlocked = ({ format }: WavHeader) => [2, 17].includes(new DataView(format.buffer, format.byteOffset).getUint16(0, true))

/** Null where frames cannot be found by their number (ADPCM). Throws what `readWavHeader` throws. */
export async function openPcm(path: string): Promise<PcmFile | null> {
  const file = await open(path)
  try {
    const read = readerOf(file)
    const header = await readWavHeader(read)
    if (isBlocked(header)) {
      await file.close()
      return null
    }
    const { block, channels, sampleRate, dataAt, dataSize } = header
    const there = Math.max(0, (await file.stat()).size - dataAt)
    const frames = Math.floor((dataSize === 0 || dataSize === 0xffffffff ? there : Math.min(dataSize, there)) / block)
    const head = plainHeader(header)
    return {
      channels, sampleRate, frames,
      async read(from, count) {
        const samples = Array.from({ length: channels }, () => new Float32Array(count))
        const first = Math.max(0, from)
        const length = Math.min(frames, from + count) - first
        if (length <= 0) return samples
        const decoder = wavDecoder()
        decoder.decode(head)
        const { channelData } = decoder.decode(await read(dataAt + first * block, length * block))
        decoder.free()
        channelData.forEach((data, channel) => samples[channel]?.set(data, first - from))
        return samples
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The mean of all channels. */
export function mixed(channelData: readonly Float32Array[]): Float32Array {
  const [first = new Float32Array(0), ...others] = channelData
  if (others.length === 0) return first
  const mix = Float32Array.from(first)
  for (const other of others) for (let at = 0; at < mix.length; at++) mix[at] = mix[at]! + other[at]!
  for (let at = 0; at < mix.length; at++) mix[at] = mix[at]! / channelData.length
  return mix
}
