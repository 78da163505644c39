import type { FileHandle } from 'node:fs/promises'
import type { MediaFormat } from './formats.ts'

/** What the first bytes say: one of our formats, or what it is instead (a sentence's object: "a HEIC picture"). */
export type Identity = { format: MediaFormat } | { format: null; looksLike: string | null }
/** Up to `length` bytes from `offset`; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>

const headLength = 4096

export function readerOf(file: FileHandle): ReadAt {
  return async (offset, length) => {
    const buffer = new Uint8Array(length)
    const { bytesRead } = await file.read(buffer, 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }
}

/** Tells a file's format by its bytes; its name plays no part. */
export async function identify(read: ReadAt): Promise<Identity> {
  const head = await read(0, headLength)
  const found = byMagic(head)
  if (found) return found
  if (text(head, 0, 3) === 'ID3') return behindId3(head, read)
  if (isMp3Frame(head, 0)) return { format: 'mp3' }
  return { format: null, looksLike: looksLike(head) }
}

function byMagic(head: Uint8Array): Identity | null {
  if (starts(head, [0xff, 0xd8, 0xff])) return { format: 'jpeg' }
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return { format: 'png' }
  if (starts(head, [0x49, 0x49, 0x2a, 0]) || starts(head, [0x4d, 0x4d, 0, 0x2a]) || starts(head, [0x49, 0x49, 0x2b, 0]) || starts(head, [0x4d, 0x4d, 0, 0x2b])) return { format: 'tiff' }
  if (text(head, 0, 6) === 'GIF87a' || text(head, 0, 6) === 'GIF89a') return { format: 'gif' }
  if (isBmp(head)) return { format: 'bmp' }
  if (text(head, 0, 4) === 'RIFF') return riff(text(head, 8, 4))
  if (text(head, 0, 4) === 'fLaC') return { format: 'flac' }
  if (text(head, 0, 4) === 'OggS') return ogg(head)
  if (text(head, 4, 4) === 'ftyp') return isoMedia(head)
  return null
}

function riff(form: string): Identity {
  if (form === 'WEBP') return { format: 'webp' }
  if (form === 'WAVE') return { format: 'wav' }
  return { format: null, looksLike: form === 'AVI ' ? 'a video (AVI)' : 'a RIFF file of another kind' }
}

/** The codec's own signature opens the first page's payload, behind 27 bytes and the segment table (RFC 3533, section 6). */
function ogg(head: Uint8Array): Identity {
  const payload = 27 + (head[26] ?? 0)
  if (text(head, payload, 7) === '\x01vorbis') return { format: 'vorbis' }
  if (text(head, payload, 8) === 'OpusHead') return { format: 'opus' }
  if (text(head, payload, 5) === '\x7fFLAC') return { format: 'ogg-flac' }
  return { format: null, looksLike: text(head, payload, 7) === '\x80theora' ? 'a video (Ogg Theora)' : 'an Ogg file of another codec' }
}

/** The major brand and the compatible brands of an ISO base media file (ISO/IEC 14496-12, 4.3). */
function isoMedia(head: Uint8Array): Identity {
  const size = Math.min(new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0), head.length, 512)
  const brands: string[] = []
  for (let at = 8; at + 4 <= size; at += at === 8 ? 8 : 4) brands.push(text(head, at, 4))
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return { format: 'avif' }
  if (brands.some((brand) => /^(?:hei[cxms]|hev[cxms])$/u.test(brand))) return { format: null, looksLike: 'a HEIC picture' }
  if (brands.some((brand) => /^M4[AB] $/u.test(brand))) return { format: 'm4a' }
  // Recorders write sound under the general brands too; the probe refuses those that hold a video track.
  if (brands.some((brand) => /^(?:isom|iso\d|mp4\d|dash)$/u.test(brand))) return { format: 'm4a' }
  return { format: null, looksLike: 'an MP4 file of another kind' }
}

/** An ID3 tag may stand before MP3, but also before FLAC or AAC: what follows decides. Its size is four 7-bit bytes (ID3v2.4, 3.1). */
async function behindId3(head: Uint8Array, read: ReadAt): Promise<Identity> {
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10)
  const next = await read(10 + (a & 127) * 2 ** 21 + (b & 127) * 2 ** 14 + (c & 127) * 2 ** 7 + (d & 127), headLength)
  if (text(next, 0, 4) === 'fLaC') return { format: 'flac' }
  // Padding of zeros may stand between the tag and the first frame.
  for (let at = 0; at < next.length; at++) if (isMp3Frame(next, at)) return { format: 'mp3' }
  return next.length === 0 ? { format: 'mp3' } : { format: null, looksLike: 'a file with an ID3 tag and no MP3 behind it' }
}

const bitrates = {
  // kbit/s of layer III by index (ISO/IEC 11172-3 and 13818-3).
  v1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320], v2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const rates = [44100, 48000, 32000]

/** A layer III header whose next frame begins where its length says (or lies beyond the bytes at hand). */
function isMp3Frame(bytes: Uint8Array, at: number): boolean {
  const length = mp3FrameLength(bytes, at)
  if (length === null) return false
  return at + length + 4 > bytes.length || mp3FrameLength(bytes, at + length) !== null
}

function mp3FrameLength(bytes: Uint8Array, at: number): number | null {
  const [sync = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
  const version = (second >> 3) & 3
  if (sync !== 0xff || (second & 0xe0) !== 0xe0 || version === 1 || ((second >> 1) & 3) !== 1) return null
  const bitrate = (version === 3 ? bitrates.v1 : bitrates.v2)[third >> 4]
  const rate = rates[(third >> 2) & 3]
  if (!bitrate || rate === undefined) return null
  const scaled = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4
  return Math.floor(((version === 3 ? 144 : 72) * bitrate * 1000) / scaled) + ((third >> 1) & 1)
}

/** "BM" alone opens many texts; the size of the second header must be one that exists. */
function isBmp(head: Uint8Array): boolean {
  if (text(head, 0, 2) !== 'BM' || head.length < 26) return false
  const size = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(14, true)
  return [12, 40, 52, 56, 64, 108, 124].includes(size)
}

function looksLike(head: Uint8Array): string | null {
  if (text(head, 0, 4) === '%PDF') return 'a PDF'
  if (starts(head, [0x50, 0x4b, 3, 4])) return 'a ZIP archive'
  if (starts(head, [0x1a, 0x45, 0xdf, 0xa3])) return 'a Matroska or WebM file'
  if (text(head, 0, 4) === 'RF64') return 'a WAV file of the 64-bit kind (RF64)'
  if (text(head, 0, 4) === '8BPS') return 'a Photoshop file'
  if (starts(head, [0xff, 0xf1]) || starts(head, [0xff, 0xf9])) return 'AAC sound without a container'
  if (text(head, 0, 4) === 'FORM') return 'an AIFF file'
  if (/^\s*(?:<\?xml[^>]*>\s*)?<svg/u.test(text(head, 0, 300))) return 'an SVG drawing'
  return head.subarray(0, 512).every((byte) => byte >= 9 && byte !== 127) ? 'a text file' : null
}

const starts = (bytes: Uint8Array, prefix: number[]) => prefix.every((byte, index) => bytes[index] === byte)
const text = (bytes: Uint8Array, at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length))
