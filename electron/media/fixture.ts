import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import type { Sharp } from 'sharp'

/** A folder for one test, gone when `using` ends. */
export function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), 'quorum-media-'))
  return {
    path,
    put(name: string, bytes: Uint8Array | string) {
      const to = join(path, name)
      mkdirSync(dirname(to), { recursive: true })
      writeFileSync(to, bytes)
      return to
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** A picture of soft blobs that differs from seed to seed like photos do, and hardly after being coded again. */
export function photo(seed: number, width = 96, height = 64): Sharp {
  const random = numbers(seed)
  const small = Uint8Array.from({ length: 10 * 9 * 3 }, () => Math.floor(random() * 256))
  return sharp(small, { raw: { width: 10, height: 9, channels: 3 } }).resize(width, height, { fit: 'fill', kernel: 'cubic' })
}

/** The pixels of a picture file, or of one in memory (an SVG, say): RGB, 8 bits, on white. */
export async function pixelsOf(source: string | Buffer): Promise<{ width: number; height: number; data: Uint8Array }> {
  const { data, info: { width, height } } = await sharp(source).flatten({ background: '#fff' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true })
  return { width, height, data }
}

/** Mulberry32, for repeatable fixtures. */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A valid PNG of one grey bit a pixel, all zeros: 40,000 × 40,000 pixels deflate to some 200 kB. */
export function pngBomb(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((Math.ceil(side / 8) + 1) * side), { level: 9 })
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), pngChunk('IHDR', header), pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))])
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc(body), body.length + 4)
  return chunk
}

/** CRC-32 as in the PNG specification, annex D. */
function crc(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}

export type WavOptions = { sampleRate?: number; channels?: number; bits?: 8 | 16 | 24 | 32; float?: boolean; claimedBytes?: number }

/** A WAV file of interleaved samples, -1 to 1. */
export function wav(samples: readonly number[], { sampleRate = 16_000, channels = 1, bits = 16, float = false, claimedBytes }: WavOptions = {}): Buffer {
  const width = bits / 8
  const file = Buffer.alloc(44 + samples.length * width)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + samples.length * width, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(float ? 3 : 1, 20)
  file.writeUInt16LE(channels, 22)
  file.writeUInt32LE(sampleRate, 24)
  file.writeUInt32LE(sampleRate * channels * width, 28)
  file.writeUInt16LE(channels * width, 32)
  file.writeUInt16LE(bits, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(claimedBytes ?? samples.length * width, 40)
  samples.forEach((sample, index) => writeSample(file, 44 + index * width, sample, bits, float))
  return file
}

function writeSample(file: Buffer, at: number, sample: number, bits: number, float: boolean): void {
  if (float) file.writeFloatLE(sample, at)
  else if (bits === 8) file.writeUInt8(Math.round(sample * 127) + 128, at)
  else file.writeIntLE(Math.round(sample * (2 ** (bits - 1) - 1)), at, bits / 8)
}

export const tone = (seconds: number, sampleRate = 16_000, gain = 0.5) =>
  Array.from({ length: Math.round(seconds * sampleRate) }, (_, index) => gain * Math.sin((2 * Math.PI * 440 * index) / sampleRate))

/** A BMP of 24 bits a pixel, stored from the bottom up; `pixel` gives red, green, blue, y from the top. */
export function bmp24(width: number, height: number, pixel: (x: number, y: number) => [number, number, number]): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(54 + stride * height)
  file.write('BM', 0, 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = pixel(x, y)
      file.set([blue, green, red], 54 + (height - 1 - y) * stride + x * 3)
    }
  }
  return file
}
