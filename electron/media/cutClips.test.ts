import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cutClips } from './cutClips.ts'
import { decodeSamples } from './decodeSamples.ts'
import type { MediaFormat } from './formats.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quorum-cut-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const practice = new URL('../practice/media/', import.meta.url).pathname

/** Every sample of each channel. */
async function samples(path: string, format: MediaFormat): Promise<number[][]> {
  const channels: number[][] = []
  await decodeSamples(path, format, (data) => {
    for (const [index, values] of data.entries()) for (const value of values) (channels[index] ??= []).push(value)
  })
  return channels
}

test.each([['voice-amiable-woman.wav', 'wav'], ['voice-dashwood.flac', 'flac'], ['voice-voicemail-prompt.ogg', 'vorbis']] as const)('%s: clips hold just these samples, whatever overlaps', async (name, format) => {
  const whole = await samples(join(practice, name), format)
  const clips = [[0, 1], [1000, 9001], [8000, 12_345], [whole[0]!.length - 10, whole[0]!.length + 50], [whole[0]!.length + 5, whole[0]!.length + 9]].map(([from, to], index) => ({ from: from!, to: to!, out: join(folder, `${index}.wav`) }))
  const { frames } = await cutClips({ path: join(practice, name), format, clips })
  expect(frames).toEqual([1, 8001, 4345, 10, 0])
  for (const { from, to, out } of clips.slice(0, 4)) {
    const wanted = whole.map((channel) => channel.slice(from, to))
    // The FLAC decoder divides whole numbers by 32,767; the file has the numbers themselves (ffmpeg decodes the same).
    if (format === 'flac') expect([...new Int16Array((await readFile(out)).buffer.slice(44))]).toEqual(wanted[0]!.map((value) => Math.round(value * 32_767)))
    else expect(await samples(out, 'wav')).toEqual(wanted)
  }
})

test('24 bits in stereo: the bytes themselves, and a pad byte where their number is odd', async () => {
  const bytes = Buffer.alloc(44 + 6 * 5)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + 30, 4)
  bytes.write('WAVEfmt ', 8)
  for (const [value, at, size] of [[16, 16, 4], [1, 20, 2], [2, 22, 2], [8000, 24, 4], [48_000, 28, 4], [6, 32, 2], [24, 34, 2]] as const) bytes.writeUIntLE(value, at, size)
  bytes.write('data', 36)
  bytes.writeUInt32LE(30, 40)
  for (let index = 0; index < 30; index++) bytes[44 + index] = index
  await writeFile(join(folder, 'in.wav'), bytes)
  const out = join(folder, 'deep', 'out.wav')
  expect(await cutClips({ path: join(folder, 'in.wav'), format: 'wav', clips: [{ from: 1, to: 4, out }] })).toEqual({ frames: [3] })
  const cut = await readFile(out)
  expect([...cut.subarray(44)]).toEqual(Array.from({ length: 18 }, (_, index) => index + 6))
  expect(cut.readUInt32LE(4)).toBe(cut.length - 8)
})
