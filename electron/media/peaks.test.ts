import { expect, test } from 'vitest'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { toInt16 } from '#shared/audio/peaks.ts'
import { temporaryFolder, tone, wav } from './fixture.ts'
import { makePeaks } from './peaks.ts'
import { readPeaksHeader, readPeaksTile } from './peaksFile.ts'
import { openPcm } from './pcmFile.ts'
import { soundTile } from './soundTiles.ts'

const progress = () => new SharedArrayBuffer(8)
const int16 = (bytes: Uint8Array<ArrayBuffer> | null) => new Int16Array(bytes!.buffer, bytes!.byteOffset, bytes!.byteLength / 2)

for (const options of [{ bits: 8 }, { bits: 16 }, { bits: 24 }, { bits: 32, float: true }, { bits: 16, sampleRate: 96_000 }, { bits: 16, channels: 2 }] as const) {
  test(`the peaks of a WAV file of ${JSON.stringify(options)} are its least and greatest samples`, async () => {
    using folder = temporaryFolder()
    const samples = Float32Array.from(tone(0.5))
    const path = folder.put('a.wav', wav([...samples], options))
    const channels = 'channels' in options ? options.channels : 1
    const to = join(folder.path, 'a.peaks')
    await makePeaks({ path, format: 'wav', channels, to, pcmTo: null, progress: progress() })
    const header = await readPeaksHeader(to)
    expect(header).toMatchObject({ channels, frames: samples.length / channels, complete: true })
    const values = int16(await readPeaksTile(to, header, 0, 0))
    const pcm = (await openPcm(path))!
    const [left] = await pcm.read(256, 256)
    await pcm.close()
    expect([...values.subarray(channels * 3, channels * 3 + 2)]).toEqual([toInt16(Math.min(...left!)), toInt16(Math.max(...left!))])
    expect(await readPeaksTile(to, header, 0, 9)).toBeNull()
  })
}

test('what has to be decoded is written beside as WAV, frame for frame', async () => {
  using folder = temporaryFolder()
  const samples = tone(0.2)
  const path = folder.put('a.wav', wav(samples, { channels: 2 }))
  const pcmTo = join(folder.path, 'copy.wav')
  await makePeaks({ path, format: 'wav', channels: 2, to: join(folder.path, 'a.peaks'), pcmTo, progress: progress() })
  const copy = (await openPcm(pcmTo))!
  const own = (await openPcm(path))!
  expect([copy.frames, copy.sampleRate, copy.channels]).toEqual([own.frames, own.sampleRate, 2])
  expect((await copy.read(-5, 50))[1]!.map(toInt16)).toEqual((await own.read(-5, 50))[1]!.map(toInt16))
  await copy.close()
  await own.close()
})

test('a file cut short is drawn as far as it goes, and says so', async () => {
  using folder = temporaryFolder()
  const whole = wav(tone(1))
  const path = folder.put('cut.wav', whole.subarray(0, whole.length / 2))
  const to = join(folder.path, 'cut.peaks')
  expect(await makePeaks({ path, format: 'wav', channels: 1, to, pcmTo: null, progress: progress() })).toMatchObject({ complete: false, frames: 7989 })
})

test('no samples and no sound at all are sentences, not crashes', async () => {
  using folder = temporaryFolder()
  const to = join(folder.path, 'x.peaks')
  const empty = folder.put('empty.wav', wav([]))
  await expect(makePeaks({ path: empty, format: 'wav', channels: 1, to, pcmTo: null, progress: progress() })).rejects.toThrow('it holds no samples')
  writeFileSync(join(folder.path, 'junk.wav'), 'RIFFjunk')
  await expect(makePeaks({ path: join(folder.path, 'junk.wav'), format: 'wav', channels: 1, to, pcmTo: null, progress: progress() })).rejects.toThrow()
})

test('a tile of samples holds the samples; a tile of spectra has a byte a bin', async () => {
  using folder = temporaryFolder()
  const samples = tone(2)
  const path = folder.put('a.wav', wav(samples))
  const tile = int16(await soundTile({ path, what: 'samples', variant: '0', tile: 1 }))
  expect(tile).toHaveLength(16_384 > samples.length - 16_384 ? samples.length - 16_384 : 16_384)
  expect(tile[7]).toBe(toInt16(tile[7]! / 32_767))
  const spectra = await soundTile({ path, what: 'spectrogram', variant: '512.hann.8', tile: 0 })
  expect(spectra).toHaveLength(128 * 256)
  expect(await soundTile({ path, what: 'spectrogram', variant: '512.hann.8', tile: 99 })).toBeNull()
  expect(await soundTile({ path, what: 'spectrogram', variant: '../../x', tile: 0 })).toBeNull()
})
