import { open } from 'node:fs/promises'
import { decoder as flacDecoder } from '@audio/decode-flac'
import { decoder as mp3Decoder } from '@audio/decode-mp3'
import { decoder as opusDecoder } from '@audio/decode-opus'
import { decoder as vorbisDecoder } from '@audio/decode-vorbis'
import { decoder as wavDecoder } from '@audio/decode-wav'
import type { MediaFormat } from './formats.ts'
import { readerOf } from './identify.ts'
import type { ReadAt } from './identify.ts'
import { plainHeader, readWavHeader } from './wavHeader.ts'

type Pcm = { channelData: Float32Array[]; sampleRate: number }
type Decoder = { decode(chunk: Uint8Array): Pcm; flush?(): Pcm; free(): void }
/** Takes one chunk, with its sample rate in Hz; where it gives a promise, the next one waits for it. */
export type TakeSamples = (channelData: Float32Array[], sampleRate: number) => unknown
/** `complete` is false where the file ends before the length that its header gives (told for WAV alone). */
export type Decoded = { sampleRate: number; complete: boolean }

const chunkLength = 256 * 1024

/**
 * Decodes a recording chunk by chunk and hands each one on, a Float32Array a channel, -1 to 1.
 * Decoders: WAV (PCM 8 to 32 bit, float, A-law, µ-law, ADPCM) in JavaScript; FLAC, MP3, Vorbis and Opus in WebAssembly.
 * Opus always comes at 48 kHz. Throws where a decoder gives up.
 */
export async function decodeSamples(path: string, format: MediaFormat, each: TakeSamples): Promise<Decoded> {
  const file = await open(path)
  try {
    const read = readerOf(file)
    return format === 'wav' ? await decodeWav(read, each) : await decodeStream(read, await decoderFor(format), 0, Infinity, each)
  } finally {
    await file.close()
  }
}

async function decodeWav(read: ReadAt, each: TakeSamples): Promise<Decoded> {
  const header = await readWavHeader(read)
  const decoder = wavDecoder()
  decoder.decode(plainHeader(header))
  const open = header.dataSize === 0 || header.dataSize === 0xffffffff
  const { complete } = await decodeStream(read, decoder, header.dataAt, open ? Infinity : header.dataSize, each)
  return { sampleRate: header.sampleRate, complete: open || complete }
}

async function decodeStream(read: ReadAt, decoder: Decoder, from: number, length: number, each: TakeSamples): Promise<Decoded> {
  let sampleRate = 0
  const hand = async (pcm: Pcm) => {
    if (pcm.channelData.length === 0) return
    sampleRate = pcm.sampleRate || sampleRate
    await each(pcm.channelData, sampleRate)
  }
  try {
    let done = 0
    while (done < length) {
      const chunk = await read(from + done, Math.min(chunkLength, length - done))
      if (chunk.length === 0) break
      done += chunk.length
      await hand(decoder.decode(chunk))
    }
    if (decoder.flush) await hand(decoder.flush())
    return { sampleRate, complete: done >= length || length === Infinity }
  } finally {
    decoder.free()
  }
}

async function decoderFor(format: MediaFormat): Promise<Decoder> {
  switch (format) {
    case 'flac': case 'ogg-flac': return flacDecoder()
    case 'mp3': return mp3Decoder()
    case 'opus': return opusDecoder()
    case 'vorbis': return vorbisDecoder()
    default: throw new Error(`there is no decoder for ${format}`)
  }
}
