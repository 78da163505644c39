import { mkdir, open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { decodeSamples } from './decodeSamples.ts'
import type { MediaFormat } from './formats.ts'
import { readerOf } from './identify.ts'
import { readWavHeader } from './wavHeader.ts'

/** Samples of each channel, `to` not included. */
export type ClipCut = { from: number; to: number; out: string }
export type CutInput = { path: string; format: MediaFormat; clips: ClipCut[] }
/** Samples of each channel that each clip holds; fewer than asked for where the recording ends before. */
export type CutReply = { frames: number[] }

const copyLength = 1024 * 1024
/** ADPCM: a sample is not a whole number of bytes. */
const inBlocks = new Set([2, 17])

/**
 * Cuts a recording into WAV files, to the sample and without loss: of a WAV file the bytes themselves are copied; what
 * is coded otherwise is decoded once and written as 32-bit floats, FLAC of 16 and 24 bits as the whole numbers that it holds.
 */
export async function cutClips({ path, format, clips }: CutInput): Promise<CutReply> {
  for (const { out } of clips) await mkdir(dirname(out), { recursive: true })
  if (format === 'wav') {
    const file = await open(path)
    try {
      const header = await readWavHeader(readerOf(file))
      const tag = new DataView(header.format.buffer, header.format.byteOffset, header.format.byteLength).getUint16(0, true)
      if (!inBlocks.has(tag)) return { frames: await copyBytes(file, header, tag, clips) }
    } finally {
      await file.close()
    }
  }
  return { frames: await decodeAndWrite(path, format, clips) }
}

type Header = Awaited<ReturnType<typeof readWavHeader>>

async function copyBytes(file: FileHandle, header: Header, tag: number, clips: readonly ClipCut[]): Promise<number[]> {
  const { size } = await file.stat()
  const unbounded = header.dataSize === 0 || header.dataSize === 0xffffffff
  const available = Math.floor(Math.min(unbounded ? Infinity : header.dataSize, size - header.dataAt) / header.block)
  const frames: number[] = []
  for (const { from, to, out } of clips) {
    const count = Math.max(0, Math.min(to, available) - Math.min(from, available))
    const target = await open(out, 'wx')
    try {
      await target.write(waveHead(header.format, count * header.block, tag === 1 ? null : count))
      const buffer = new Uint8Array(copyLength)
      for (let done = 0; done < count * header.block;) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(copyLength, count * header.block - done), header.dataAt + from * header.block + done)
        if (bytesRead === 0) throw new Error('the recording ended while it was read')
        await target.write(buffer, 0, bytesRead)
        done += bytesRead
      }
      if ((count * header.block) % 2 === 1) await target.write(new Uint8Array(1))
    } finally {
      await target.close()
    }
    frames.push(count)
  }
  return frames
}

async function decodeAndWrite(path: string, format: MediaFormat, clips: readonly ClipCut[]): Promise<number[]> {
  const bits = format === 'flac' ? await flacBits(path) : null
  const parts: Float32Array[][] = clips.map(() => [])
  let channels = 1
  let at = 0
  const { sampleRate } = await decodeSamples(path, format, (data) => {
    const length = data[0]?.length ?? 0
    channels = data.length
    for (const [index, { from, to }] of clips.entries()) {
      const [start, end] = [Math.max(from, at), Math.min(to, at + length)]
      if (start < end) parts[index]!.push(interleaved(data, start - at, end - at))
    }
    at += length
  })
  const frames: number[] = []
  for (const [index, { out }] of clips.entries()) {
    const count = parts[index]!.reduce((sum, part) => sum + part.length, 0) / channels
    const target = await open(out, 'wx')
    try {
      const width = bits === null ? 4 : bits / 8
      await target.write(waveHead(sampleFormat(channels, sampleRate, bits), count * channels * width, bits === null ? count : null))
      for (const part of parts[index]!) await target.write(bits === null ? littleEndian(part) : wholeNumbers(part, bits))
      if ((count * channels * width) % 2 === 1) await target.write(new Uint8Array(1))
    } finally {
      await target.close()
    }
    frames.push(count)
  }
  return frames
}

function interleaved(data: readonly Float32Array[], from: number, to: number): Float32Array {
  const result = new Float32Array((to - from) * data.length)
  for (const [channel, samples] of data.entries()) for (let at = from; at < to; at++) result[(at - from) * data.length + channel] = samples[at]!
  return result
}

function littleEndian(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 4)
  const view = new DataView(bytes.buffer)
  for (const [index, sample] of samples.entries()) view.setFloat32(index * 4, sample, true)
  return bytes
}

/** Bits a sample by STREAMINFO (RFC 9639, 8.2), where they are 16 or 24; null for everything else. */
async function flacBits(path: string): Promise<16 | 24 | null> {
  const file = await open(path)
  try {
    const head = await readerOf(file)(0, 42)
    if (head.length < 42 || String.fromCharCode(...head.subarray(0, 4)) !== 'fLaC') return null
    const bits = (((head[20]! & 1) << 4) | (head[21]! >> 4)) + 1
    return bits === 16 || bits === 24 ? bits : null
  } finally {
    await file.close()
  }
}

/** The FLAC decoder gives whole numbers divided by the largest of them (32,767, not 32,768): here they are whole again. */
function wholeNumbers(samples: Float32Array, bits: 16 | 24): Uint8Array {
  const width = bits / 8
  const peak = 2 ** (bits - 1) - 1
  const bytes = new Uint8Array(samples.length * width)
  for (const [index, sample] of samples.entries()) {
    const value = Math.max(-peak - 1, Math.min(peak, Math.round(sample * peak)))
    for (let byte = 0; byte < width; byte++) bytes[index * width + byte] = (value >> (8 * byte)) & 255
  }
  return bytes
}

/** The format chunk of whole numbers of so many bits, or of 32-bit floats (WAVE_FORMAT_IEEE_FLOAT). */
function sampleFormat(channels: number, sampleRate: number, bits: number | null): Uint8Array {
  if (bits !== null) {
    const whole = new Uint8Array(16)
    const fields = new DataView(whole.buffer)
    fields.setUint16(0, 1, true)
    fields.setUint16(2, channels, true)
    fields.setUint32(4, sampleRate, true)
    fields.setUint32(8, (sampleRate * channels * bits) / 8, true)
    fields.setUint16(12, (channels * bits) / 8, true)
    fields.setUint16(14, bits, true)
    return whole
  }
  const format = new Uint8Array(18)
  const view = new DataView(format.buffer)
  view.setUint16(0, 3, true)
  view.setUint16(2, channels, true)
  view.setUint32(4, sampleRate, true)
  view.setUint32(8, sampleRate * channels * 4, true)
  view.setUint16(12, channels * 4, true)
  view.setUint16(14, 32, true)
  return format
}

/** Everything before the samples; what is not plain PCM says in a fact chunk how many samples there are. */
function waveHead(format: Uint8Array, dataSize: number, fact: number | null): Uint8Array {
  const formatSize = format.length + (format.length & 1)
  const bytes = new Uint8Array(12 + 8 + formatSize + (fact === null ? 0 : 12) + 8)
  const view = new DataView(bytes.buffer)
  const put = (at: number, text: string) => bytes.set([...text].map((character) => character.charCodeAt(0)), at)
  put(0, 'RIFF')
  view.setUint32(4, bytes.length - 8 + dataSize + (dataSize & 1), true)
  put(8, 'WAVEfmt ')
  view.setUint32(16, format.length, true)
  bytes.set(format, 20)
  let at = 20 + formatSize
  if (fact !== null) {
    put(at, 'fact')
    view.setUint32(at + 4, 4, true)
    view.setUint32(at + 8, fact, true)
    at += 12
  }
  put(at, 'data')
  view.setUint32(at + 4, dataSize, true)
  return bytes
}
