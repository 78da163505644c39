import { writeSync } from 'node:fs'
import { PeakBuilder, toInt16 } from '#shared/audio/peaks.ts'
import { decodeSamples } from './decodeSamples.ts'
import { writeWhole } from './durable.ts'
import type { MediaFormat } from './formats.ts'
import { peaksBytes } from './peaksFile.ts'

export type PeaksInput = {
  path: string; format: MediaFormat
  /** Channels of the recording (decoders may give more); the first eight are drawn. */
  channels: number
  to: string
  /** Where to write the samples as 16-bit WAV, for reading from anywhere; null where the file itself allows that. */
  pcmTo: string | null
  /** One Float64 in shared memory: frames done so far. */
  progress: SharedArrayBuffer
}
export type PeaksMade = { frames: number; sampleRate: number; complete: boolean }

const mostChannels = 8
const wavHeaderBytes = 44

/** Decodes a recording once, chunk by chunk, and writes its pyramid of peaks (and, where asked, its samples). Throws where not one sample can be had. */
export async function makePeaks({ path, format, channels, to, pcmTo, progress }: PeaksInput): Promise<PeaksMade> {
  const kept = Math.min(channels, mostChannels)
  const builder = new PeakBuilder(kept)
  const done = new Float64Array(progress)
  const gather = async (each: (channelData: Float32Array[]) => void) => {
    try {
      return await decodeSamples(path, format, (channelData) => {
        builder.add(channelData)
        each(channelData)
        done[0] = builder.frames
      })
    } catch (error) {
      // What was decoded before the decoder gave up is there to be worked on.
      if (builder.frames === 0) throw error
      return { sampleRate: 0, complete: false }
    }
  }
  const { sampleRate, complete } = pcmTo === null ? await gather(() => undefined) : await writePcm(pcmTo, kept, gather)
  if (builder.frames === 0) throw new Error('it holds no samples')
  await writeWhole(to, async (file) => {
    for (const part of peaksBytes(builder.finish(), { sampleRate, complete })) if (part.length > 0) await file.write(part)
  })
  return { frames: builder.frames, sampleRate, complete }
}

type Gather = (each: (channelData: Float32Array[]) => void) => Promise<{ sampleRate: number; complete: boolean }>

function writePcm(to: string, channels: number, gather: Gather) {
  return writeWhole(to, async (file) => {
    let bytes = 0
    let rate = 0
    await file.write(new Uint8Array(wavHeaderBytes))
    const result = await gather((channelData) => {
      const chunk = interleaved(channelData, channels)
      writeSync(file.fd, chunk)
      bytes += chunk.byteLength
    })
    rate = result.sampleRate
    await file.write(pcmHeader(channels, rate, bytes), 0, wavHeaderBytes, 0)
    return result
  })
}

function interleaved(channelData: readonly Float32Array[], channels: number): Int16Array {
  const frames = channelData[0]?.length ?? 0
  const chunk = new Int16Array(frames * channels)
  for (let channel = 0; channel < channels; channel++) {
    const samples = channelData[channel] ?? channelData[0]!
    for (let at = 0, to = channel; at < frames; at++, to += channels) chunk[to] = toInt16(samples[at]!)
  }
  return chunk
}

/** 16-bit PCM; above 4 GiB the sizes say "to the end". */
function pcmHeader(channels: number, rate: number, bytes: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(wavHeaderBytes))
  const put = (at: number, text: string) => [...text].forEach((char, index) => view.setUint8(at + index, char.charCodeAt(0)))
  put(0, 'RIFF')
  view.setUint32(4, Math.min(0xffffffff, bytes + 36), true)
  put(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * channels * 2, true)
  view.setUint16(32, channels * 2, true)
  view.setUint16(34, 16, true)
  put(36, 'data')
  view.setUint32(40, Math.min(0xffffffff, bytes), true)
  return new Uint8Array(view.buffer)
}
