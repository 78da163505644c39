import { open } from 'node:fs/promises'
import { hugePixels } from './formats.ts'

/** The header of a BMP file. `upsideDown`: rows are stored from the bottom up, as they mostly are. */
export type BmpHeader = {
  width: number; height: number; upsideDown: boolean; bits: 1 | 4 | 8 | 16 | 24 | 32
  /** Where the pixels begin, in bytes. */
  offset: number
  /** Red, green and blue of 16 and 32 bit pixels. */
  masks: readonly [number, number, number]
  palette: Uint8Array; paletteEntry: 3 | 4
}
/** Three bytes a pixel, rows from the top. `complete` is false where the file ends before its pixels do; the rest is black. */
export type BmpPixels = { data: Uint8Array; width: number; height: number; complete: boolean }

const headLength = 54 + 12 + 1024 + 124

/**
 * Reads the header (Microsoft's BITMAPCOREHEADER, BITMAPINFOHEADER, V4 and V5). Uncompressed pixels and bit fields only.
 * Throws an `Error` whose message names what is wrong.
 */
export function bmpHeader(head: Uint8Array): BmpHeader {
  if (head.length < 26) throw new Error('the header is cut short')
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const size = view.getUint32(14, true)
  const core = size === 12
  if (!core && head.length < 54) throw new Error('the header is cut short')
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true)
  const signedHeight = core ? view.getUint16(20, true) : view.getInt32(22, true)
  const bits = view.getUint16(core ? 24 : 28, true)
  const compression = core ? 0 : view.getUint32(30, true)
  if (width < 1 || signedHeight === 0 || signedHeight === -(2 ** 31)) throw new Error(`the header says ${width} × ${signedHeight} pixels`)
  if (!isDepth(bits)) throw new Error(`${bits} bits a pixel are not a BMP depth`)
  if (compression !== 0 && compression !== 3) throw new Error('its pixels are compressed (RLE), which is not read; save it as PNG')
  const fields = compression === 3 && head.length >= 66
  const masks = fields
    ? ([view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)] as const)
    : bits === 16 ? ([0x7c00, 0x3e0, 0x1f] as const) : ([0xff0000, 0xff00, 0xff] as const)
  const paletteEntry = core ? 3 : 4
  const paletteAt = 14 + size + (fields && size === 40 ? 12 : 0)
  const palette = bits <= 8 ? head.slice(paletteAt, paletteAt + paletteEntry * 2 ** bits) : new Uint8Array()
  return { width, height: Math.abs(signedHeight), upsideDown: signedHeight > 0, bits, offset: view.getUint32(10, true), masks, palette, paletteEntry }
}

export async function readBmpHeader(path: string): Promise<BmpHeader> {
  const file = await open(path)
  try {
    const head = new Uint8Array(headLength)
    const { bytesRead } = await file.read(head, 0, head.length, 0)
    return bmpHeader(head.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

/** Decodes a BMP of at most 100 megapixels, a stripe of rows at a time. libvips as it comes prebuilt has no BMP loader. */
export async function decodeBmp(path: string): Promise<BmpPixels> {
  const header = await readBmpHeader(path)
  const { width, height, bits } = header
  if (width * height > hugePixels) throw new Error(`${width} × ${height} pixels are too many for an uncompressed BMP; save it as PNG or TIFF`)
  // Each row is padded to a multiple of four bytes.
  const stride = Math.floor((width * bits + 31) / 32) * 4
  const data = new Uint8Array(width * height * 3)
  const stripe = new Uint8Array(stride * Math.max(1, Math.floor(4e6 / stride)))
  const file = await open(path)
  try {
    const pixelOf = pixelReader(header)
    for (let row = 0; row < height; ) {
      const wanted = Math.min(stripe.length, (height - row) * stride)
      const { bytesRead } = await file.read(stripe, 0, wanted, header.offset + row * stride)
      const rows = Math.floor(bytesRead / stride)
      for (let index = 0; index < rows; index++, row++) {
        const y = header.upsideDown ? height - 1 - row : row
        pixelOf(stripe.subarray(index * stride, (index + 1) * stride), data.subarray(y * width * 3, (y + 1) * width * 3))
      }
      if (bytesRead < wanted) return { data, width, height, complete: false }
    }
    return { data, width, height, complete: true }
  } finally {
    await file.close()
  }
}

type RowReader = (row: Uint8Array, out: Uint8Array) => void

function pixelReader(header: BmpHeader): RowReader {
  if (header.bits <= 8) return paletteRow(header)
  if (header.bits === 24) {
    return (row, out) => {
      for (let at = 0; at < out.length; at += 3) {
        out[at] = row[at + 2]!
        out[at + 1] = row[at + 1]!
        out[at + 2] = row[at]!
      }
    }
  }
  return fieldRow(header)
}

function paletteRow({ bits, palette, paletteEntry, width }: BmpHeader): RowReader {
  const perByte = 8 / bits
  const mask = 2 ** bits - 1
  return (row, out) => {
    for (let x = 0; x < width; x++) {
      const shift = 8 - bits - (x % perByte) * bits
      const entry = ((row[Math.floor(x / perByte)]! >> shift) & mask) * paletteEntry
      for (let channel = 0; channel < 3; channel++) out[x * 3 + channel] = palette[entry + 2 - channel] ?? 0
    }
  }
}

function fieldRow({ bits, masks, width }: BmpHeader): RowReader {
  const fields = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask)
    return { mask, shift, scale: mask === 0 ? 0 : 255 / (mask >>> shift) }
  })
  return (row, out) => {
    const view = new DataView(row.buffer, row.byteOffset, row.byteLength)
    for (let x = 0; x < width; x++) {
      const pixel = bits === 32 ? view.getUint32(x * 4, true) : view.getUint16(x * 2, true)
      for (let channel = 0; channel < 3; channel++) {
        const { mask, shift, scale } = fields[channel]!
        out[x * 3 + channel] = Math.round(((pixel & mask) >>> shift) * scale)
      }
    }
  }
}

const isDepth = (bits: number): bits is BmpHeader['bits'] => [1, 4, 8, 16, 24, 32].includes(bits)
