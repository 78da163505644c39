import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { audacity } from '../audacity/audacity.ts'
import { ctm } from '../ctm/ctm.ts'
import type { Format } from '../format.ts'
import { rttm } from '../rttm/rttm.ts'
import { srt } from '../srt/srt.ts'
import { stm } from '../stm/stm.ts'
import { textgrid } from '../textgrid/textgrid.ts'
import { webvtt } from '../webvtt/webvtt.ts'
import { segmentOf } from './reading.ts'
import { bytesInput, filesOf, heard, roundTrip, snapshotOf } from './sampleRecording.ts'
import type { Parsed } from '../format.ts'

const parsedWith = (cues: readonly { start: number; end: number; text: string; tier?: string }[], rate = 1000): Parsed => {
  const to = { format: 'other', file: 'f' } as Parameters<typeof segmentOf>[0]
  const tiers = [...new Set(cues.map(({ tier }) => tier ?? 'cues'))].map((name) => ({ name, constraint: 'none' as const, points: false, overlap: true }))
  const annotations = cues.map(({ start, end, text, tier }, order) => segmentOf(to, order, tier ?? 'cues', { start, end, rate }, { text }))
  return { labels: [], tiers, failed: [], notes: [], extra: {}, items: [{ media: { path: 'talk', exact: false }, source: { file: 'f', place: '' }, width: null, height: null, units: 'pixel', split: null, metadata: {}, annotations, relations: [] }] }
}

const times = ({ start, end, text }: { start: number; end: number; text: string | null }) => ({ start, end, text })
const fifteen = Array.from({ length: 15 }, (_, index) => ({ start: index * 1000 + 5, end: index * 1000 + 900, text: `word${index}` }))

test.each([webvtt, srt, audacity, ctm, stm, textgrid])('fifteen cues read equal in $id', async (format) => {
  const written = format.serialize(snapshotOf(parsedWith(fifteen)))
  expect(written.annotations).toBe(15)
  const read = await format.parse(bytesInput(filesOf(written)))
  expect(read.failed).toEqual([])
  expect(heard(read).map(times)).toEqual(fifteen)
})

const character = fc.oneof({ weight: 6, arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }) },
  { weight: 3, arbitrary: fc.constantFrom('\n', '"', '<', '>', '&', '-->', '\t', 'שלום', '\u2028', '1\n00:00:01,000 --> 00:00:02,000', '{\\an8}', ';;', '<i>', '\u0007', '\ud800', '\n\n', ' ', '!', '<v A>') })
const words = fc.array(character, { maxLength: 6 }).map((parts) => parts.join(''))
const cue = fc.record({ gap: fc.integer({ min: 1, max: 5000 }), length: fc.integer({ min: 1, max: 5000 }), text: words })
const inOrder = (cues: readonly { gap: number; length: number; text: string }[]) => {
  let at = 0
  return cues.map(({ gap, length, text }) => {
    const start = at + gap
    at = start + length
    return { start, end: at, text }
  })
}

test.each<Format>([webvtt, srt, audacity, stm, rttm, textgrid])('whatever is written in $id is read again: the times always, the text unless a loss was named', async (format) => {
  await fc.assert(fc.asyncProperty(fc.array(cue, { minLength: 1, maxLength: 5 }), async (list) => {
    const cues = inOrder(list)
    const written = format.serialize(snapshotOf(parsedWith(cues)))
    const read = await format.parse(bytesInput(filesOf(written)))
    expect(read.failed).toEqual([])
    const changed = written.losses.some(({ code }) => code === 'text-changed')
    // Praat's empty intervals are silence: they come back only where two stand side by side.
    const heardAgain = heard(read).filter(({ text }) => format.id !== 'textgrid' || text !== '')
    const expected = cues.filter(({ text }) => format.id !== 'textgrid' || text.replaceAll('\0', '') !== '')
    expect(heardAgain.map(({ start, end }) => [start, end])).toEqual(expected.map(({ start, end }) => [start, end]))
    if (!changed) expect(heardAgain.map(({ text }) => text)).toEqual(expected.map(({ text }) => text))
  }), { numRuns: 150 })
})

test.each<Format>([webvtt, srt, audacity, ctm, stm, rttm, textgrid])('$id: any bytes are read without an exception', async (format) => {
  const endings: Record<string, string> = { webvtt: 'vtt', srt: 'srt', audacity: 'txt', ctm: 'ctm', stm: 'stm', rttm: 'rttm', textgrid: 'TextGrid' }
  const piece = fc.constantFrom('WEBVTT\n', '\n', '1', '00:00:01.000 --> 00:00:02.000', '-->', '0.5', '\t', ' ', '"', 'ooTextFile', '<exists>', '-1', 'a', 'SPEAKER', '<NA>', '\\\t1\t2', ';;', '"TextGrid"', '"IntervalTier"', '!')
  await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''))), async (content) => {
    await format.detect(bytesInput({ [`a.${endings[format.id]}`]: content }))
    await format.parse(bytesInput({ [`a.${endings[format.id]}`]: content }))
  }))
})

test('tiers, attributes and half milliseconds that a format cannot hold are named before writing', () => {
  const parsed = parsedWith([{ start: 1, end: 2001, text: 'a', tier: 'Ada' }, { start: 4000, end: 5000, text: 'b', tier: 'Bob' }], 2000)
  const codes = (format: Format) => format.serialize(snapshotOf(parsed)).losses.map(({ code, count }) => `${code} ${count}`)
  expect(codes(srt)).toEqual(['tier-lost 2', 'time-rounded 1'])
  expect(codes(webvtt)).toEqual(['time-rounded 1'])
  expect(codes(textgrid)).toEqual([])
})

test('what a person changed is written, what nobody touched is written as it came', async () => {
  const source = 'WEBVTT\n\none\n00:01.000 --> 00:02.000 align:start\n<v Ada><i>Hello</i> &amp; bye\n'
  const { files } = await roundTrip(webvtt, { 'talk.vtt': source })
  expect(files['talk.vtt']).toBe('WEBVTT\n\none\n00:00:01.000 --> 00:00:02.000 align:start\n<v Ada><i>Hello</i> &amp; bye\n')
  const parsed = await webvtt.parse(bytesInput({ 'talk.vtt': source }))
  parsed.items[0]!.annotations[0]!.text = 'Hallo'
  expect(filesOf(webvtt.serialize(snapshotOf(parsed)))['talk.vtt']).toContain('\n<v Ada>Hallo\n')
})
