import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { identify } from './identify.ts'
import type { ReadAt } from './identify.ts'
import { writeFailure } from './refusal.ts'

const reader = (bytes: Uint8Array): ReadAt => async (offset, length) => bytes.subarray(offset, offset + length)
const of = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

test('never throws, whatever the bytes', async () => {
  const starts = fc.constantFrom('', 'RIFF', 'OggS', 'ID3\x04\0\0', 'BM', '\0\0\0\x20ftyp', '\xff\xfb', '\xff\xd8\xff', 'GIF89a')
  await fc.assert(fc.asyncProperty(starts, fc.uint8Array({ maxLength: 200 }), async (start, rest) => {
    const identity = await identify(reader(of(start, [...rest])))
    expect(identity).toHaveProperty('format')
  }))
})

test.each<[string, Buffer, string | null]>([
  ['HEIC', of('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'a HEIC picture'], ['AVI', of('RIFF\0\0\0\0AVI LIST'), 'a video (AVI)'], ['PDF', of('%PDF-1.7'), 'a PDF'],
  ['text that begins with BM', of('BMW is a car maker in Munich, and more'), 'a text file'], ['SVG', of('<?xml version="1.0"?>\n<svg/>'), 'an SVG drawing'],
  ['UTF-16', of([0xff, 0xfe], 'a\0b\0c\0'), null], ['ADTS', of([0xff, 0xf1, 0x50, 0x80]), 'AAC sound without a container'],
])('%s is not ours and is named', async (_name, bytes, looksLike) => {
  expect(await identify(reader(bytes))).toEqual({ format: null, looksLike })
})

test('AVIF among the compatible brands, MP3 and FLAC behind an ID3 tag', async () => {
  expect(await identify(reader(of('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf')))).toEqual({ format: 'avif' })
  const tag = of('ID3\x04\0\0\0\0\0\x05', [0, 0, 0, 0, 0])
  expect(await identify(reader(Buffer.concat([tag, of([0xff, 0xfb, 0x90, 0x00])])))).toEqual({ format: 'mp3' })
  expect(await identify(reader(Buffer.concat([tag, of('fLaC')])))).toEqual({ format: 'flac' })
})

test('a disk that cannot be written is told as what a person can do', () => {
  const failing = (code: string) => writeFailure(Object.assign(new Error(code), { code }), '/p/media')
  expect(failing('ENOSPC')).toMatchObject({ code: 'disk-full' })
  expect(failing('EROFS')).toMatchObject({ code: 'read-only' })
  expect(failing('EACCES')).toMatchObject({ code: 'no-permission' })
  expect(failing('EIO')).toBeNull()
})
