import { open } from 'node:fs/promises'
import { bucketCount, levelCount, tileBuckets, valuesPerBucket, type Pyramid } from '#shared/audio/peaks.ts'

/** The first 32 bytes of a peaks file; the levels follow, finest first, as little-endian 16-bit values. */
export interface PeaksHeader {
  readonly sampleRate: number
  readonly channels: number
  readonly frames: number
  /** False where the sound ended before its end, by the header or by a decoder that gave up. */
  readonly complete: boolean
}

const magic = 0x314b5051 // "QPK1"
const headerBytes = 32

export function peaksBytes({ levels, channels, frames }: Pyramid, { sampleRate, complete }: Pick<PeaksHeader, 'sampleRate' | 'complete'>): Uint8Array[] {
  const header = new DataView(new ArrayBuffer(headerBytes))
  header.setUint32(0, magic, true)
  header.setUint32(4, sampleRate, true)
  header.setUint32(8, channels, true)
  header.setUint32(12, complete ? 1 : 0, true)
  header.setFloat64(16, frames, true)
  return [new Uint8Array(header.buffer), ...levels.map((level) => new Uint8Array(level.buffer, level.byteOffset, level.byteLength))]
}

/** Throws where it is not a whole peaks file of this version. */
export async function readPeaksHeader(path: string): Promise<PeaksHeader> {
  const file = await open(path)
  try {
    const bytes = new Uint8Array(headerBytes)
    const { bytesRead } = await file.read(bytes, 0, headerBytes, 0)
    const view = new DataView(bytes.buffer)
    if (bytesRead < headerBytes || view.getUint32(0, true) !== magic) throw new Error(`${path} is no peaks file`)
    return { sampleRate: view.getUint32(4, true), channels: view.getUint32(8, true), complete: view.getUint32(12, true) === 1, frames: view.getFloat64(16, true) }
  } finally {
    await file.close()
  }
}

/** `tileBuckets` buckets of a level, fewer at its end; null where there is no such tile. */
export async function readPeaksTile(path: string, { channels, frames }: PeaksHeader, level: number, tile: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const stride = channels * valuesPerBucket * 2
  const count = bucketCount(frames, level)
  if (level >= levelCount || tile * tileBuckets >= count) return null
  let offset = headerBytes
  for (let below = 0; below < level; below++) offset += bucketCount(frames, below) * stride
  const bytes = new Uint8Array(Math.min(tileBuckets, count - tile * tileBuckets) * stride)
  const file = await open(path)
  try {
    await file.read(bytes, 0, bytes.length, offset + tile * tileBuckets * stride)
    return bytes
  } finally {
    await file.close()
  }
}
