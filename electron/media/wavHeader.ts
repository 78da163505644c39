import type { ReadAt } from './identify.ts'

export type WavHeader = {
  /** The format chunk's bytes, without its name and size. */
  format: Uint8Array
  channels: number; sampleRate: number
  /** Bytes of one block of samples of all channels. */
  block: number
  bits: number
  dataAt: number
  /** What the header claims; 0 and 0xffffffff mean "to the end", as recorders write that were stopped. */
  dataSize: number
}

/**
 * Finds the format and the data of a RIFF WAVE file (Microsoft and IBM, "Multimedia Programming Interface", 1991),
 * skipping other chunks without reading them. Throws an `Error` naming what is wrong.
 */
export async function readWavHeader(read: ReadAt): Promise<WavHeader> {
  let format: Uint8Array | null = null
  for (let at = 12, count = 0; count < 1000; count++) {
    const head = await read(at, 8)
    if (head.length < 8) throw new Error(format ? 'it holds no samples' : 'its header is cut short')
    const name = String.fromCharCode(...head.subarray(0, 4))
    const size = new DataView(head.buffer, head.byteOffset).getUint32(4, true)
    if (name === 'fmt ') format = await read(at + 8, Math.min(size, 4096))
    if (name === 'data') {
      if (format === null) throw new Error('its samples come before their format')
      return { ...fields(format), format, dataAt: at + 8, dataSize: size }
    }
    // Chunks begin at even places.
    at += 8 + size + (size & 1)
  }
  throw new Error('its header has no end')
}

function fields(format: Uint8Array) {
  if (format.length < 16) throw new Error('its format is cut short')
  const view = new DataView(format.buffer, format.byteOffset, format.byteLength)
  const channels = view.getUint16(2, true)
  const sampleRate = view.getUint32(4, true)
  const block = view.getUint16(12, true)
  const bits = view.getUint16(14, true)
  if (channels < 1 || channels > 256) throw new Error(`its header says ${channels} channels`)
  if (sampleRate < 1 || sampleRate > 10_000_000) throw new Error(`its header says ${sampleRate} samples a second`)
  const tag = view.getUint16(0, true)
  // Plain and floating samples fill whole bytes; ADPCM blocks (2, 17) have sizes of their own.
  if (block < 1 || (tag !== 2 && tag !== 17 && block !== channels * Math.ceil(bits / 8))) throw new Error(`its header says ${bits} bits in blocks of ${block} bytes for ${channels} channels`)
  return { channels, sampleRate, block, bits }
}

/** A WAV header of the same format whose samples follow at once and run to the end of the stream. */
export function plainHeader({ format }: WavHeader): Uint8Array {
  const bytes = new Uint8Array(12 + 8 + format.length + 8)
  const put = (at: number, text: string) => bytes.set([...text].map((char) => char.charCodeAt(0)), at)
  const view = new DataView(bytes.buffer)
  put(0, 'RIFF')
  view.setUint32(4, 0xffffffff, true)
  put(8, 'WAVEfmt ')
  view.setUint32(16, format.length, true)
  bytes.set(format, 20)
  put(20 + format.length, 'data')
  view.setUint32(24 + format.length, 0xffffffff, true)
  return bytes
}
