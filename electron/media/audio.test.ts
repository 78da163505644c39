import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { probeAudio } from './audio.ts'
import { fingerprint } from './fingerprint.ts'
import { temporaryFolder, tone, wav } from './fixture.ts'
import type { WavOptions } from './fixture.ts'
import type { MediaFormat } from './formats.ts'

// Real decoding on a busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 })

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', name)
const codes = (facts: Awaited<ReturnType<typeof probeAudio>>) => (facts.ok ? facts.noticed.map(({ code }) => code) : facts.code)

async function probeWav(samples: readonly number[], options?: WavOptions) {
  using folder = temporaryFolder()
  return await probeAudio(folder.put('a.wav', wav(samples, options)), 'wav')
}

// Vorbis and Opus drop their lead-in, MP3 pads to whole frames: lengths are those that the decoders count.
test.each<[string, MediaFormat, number, number]>([
  ['tone.flac', 'flac', 16_000, 0.01], ['tone.mp3', 'mp3', 16_000, 0.15], ['tone.ogg', 'vorbis', 16_000, 0.05], ['tone.opus', 'opus', 48_000, 0.05],
  ['tone-flac.ogg', 'ogg-flac', 16_000, 0.01], ['tone.m4a', 'm4a', 16_000, 0.15],
])('%s is known by its bytes and measured', async (name, format, sampleRate, tolerance) => {
  expect(await fingerprint(fixture(name))).toMatchObject({ ok: true, format })
  const facts = await probeAudio(fixture(name), format)
  // An MP4 container says two channels for any AAC, as FFmpeg and others write it.
  expect(facts).toMatchObject({ ok: true, channels: format === 'm4a' ? 2 : 1, sampleRate })
  expect(Math.abs((facts.ok ? facts.duration : 0) - 0.25)).toBeLessThan(tolerance)
  expect(codes(facts)).toEqual(format === 'm4a' ? ['not-measured'] : [])
})

test('a video is told as one', async () => {
  expect(await probeAudio(fixture('video.mp4'), 'm4a')).toMatchObject({ ok: false, code: 'unsupported' })
})

test.each<[string, WavOptions]>([
  ['8 bit', { bits: 8 }], ['16 bit', {}], ['24 bit', { bits: 24 }], ['32 bit', { bits: 32 }], ['32 bit float', { bits: 32, float: true }], ['96 kHz', { sampleRate: 96_000, bits: 24 }],
])('WAV of %s', async (_name, options) => {
  const facts = await probeWav(tone(0.5, options.sampleRate), options)
  expect(facts).toMatchObject({ ok: true, duration: 0.5, sampleRate: options.sampleRate ?? 16_000, channels: 1, noticed: [] })
})

test('silence is below -60 dB of full scale', async () => {
  expect(codes(await probeWav(tone(0.2, 16_000, 0.0009)))).toEqual(['silent'])
  expect(codes(await probeWav(tone(0.2, 16_000, 0.0012)))).toEqual([])
})

test('clipping is three runs of three samples at full scale; one loud peak is not', async () => {
  const clipped = tone(0.1, 16_000, 3).map((sample) => Math.max(-1, Math.min(1, sample)))
  expect(codes(await probeWav(clipped))).toEqual(['clipped'])
  expect(codes(await probeWav([...tone(0.1), 1, 1, ...tone(0.1)]))).toEqual([])
  expect(codes(await probeWav(tone(0.1, 16_000, 1.5), { bits: 32, float: true }))).toEqual(['clipped'])
})

test('a run of full scale goes on from one chunk to the next', async () => {
  const { LoudnessMeter } = await import('./loudness.ts')
  const meter = new LoudnessMeter()
  for (let run = 0; run < 3; run++) for (const part of [[0, 1], [1, 1, 0]]) meter.add([Float32Array.from(part)])
  expect(meter).toMatchObject({ runs: 3, clipped: true, frames: 15 })
})

test('a WAV without samples, and one that ends before its header says', async () => {
  expect(codes(await probeWav([]))).toBe('empty')
  const short = await probeWav(tone(0.5), { claimedBytes: 64_000 })
  expect(short).toMatchObject({ ok: true, duration: 0.5 })
  expect(codes(short)).toEqual(['truncated'])
})

test.each<[string, (file: Buffer) => void]>([
  ['no channels', (file) => file.writeUInt16LE(0, 22)], ['65,535 channels', (file) => file.writeUInt16LE(65_535, 22)], ['no rate', (file) => file.writeUInt32LE(0, 24)],
  ['no block', (file) => file.writeUInt16LE(0, 32)], ['17 bits', (file) => file.writeUInt16LE(170, 34)], ['an unknown codec', (file) => file.writeUInt16LE(0x674f, 20)],
  ['a chunk that is all', (file) => file.writeUInt32LE(0xfffffff0, 16)], ['samples before the format', (file) => file.write('data', 12, 'latin1')],
])('a WAV whose header says %s is told in words', async (_what, spoil) => {
  using folder = temporaryFolder()
  const file = wav(tone(0.1))
  spoil(file)
  const facts = await probeAudio(folder.put('a.wav', file), 'wav')
  expect(facts).toMatchObject({ ok: false, code: 'unreadable' })
})

test.each<[string, MediaFormat]>([['tone.flac', 'flac'], ['tone.mp3', 'mp3'], ['tone.ogg', 'vorbis'], ['tone.opus', 'opus'], ['tone.m4a', 'm4a']])('%s cut short or spoilt never throws', async (name, format) => {
  using folder = temporaryFolder()
  const bytes = readFileSync(fixture(name))
  for (const share of [0.02, 0.3, 0.9]) {
    const cut = await probeAudio(folder.put('cut', bytes.subarray(0, Math.floor(bytes.length * share))), format)
    if (!cut.ok) expect(cut.message).toMatch(/\.$/u)
  }
  const spoilt = Buffer.from(bytes)
  for (let at = 200; at < spoilt.length; at += 3) spoilt[at] = (at * 7919) & 255
  const facts = await probeAudio(folder.put('spoilt', spoilt), format)
  if (!facts.ok) expect(['unreadable', 'empty', 'unsupported']).toContain(facts.code)
})
