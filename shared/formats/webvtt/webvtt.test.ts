import { expect, test } from 'vitest'
import { bytesInput, heard, roundTrip } from '../timed/sampleRecording.ts'
import { webvtt } from './webvtt.ts'

const read = async (text: string) => webvtt.parse(bytesInput({ 'talks/a.vtt': text }))

// W3C WebVTT, 1.1 "A simple caption file" and 1.5 "Comments", shortened.
const specification = `WEBVTT

STYLE
::cue { color: papayawhip; }

NOTE about this file

00:11.000 --> 00:13.000
<v Roger Bingham>We are in New York City

intro
00:13.000 --> 01:00:16.000 line:0 position:20%
<v Roger Bingham>We're actually at the <i>Lucern</i> Hotel

00:20.000 --> 00:21.000
A &lt;b&gt; &amp; c
two lines
`

test('cues, voices, identifiers and settings', async () => {
  const parsed = await read(specification)
  expect(parsed.failed).toEqual([])
  expect(heard(parsed)).toEqual([
    { media: 'talks/a', tier: 'Roger Bingham', start: 11000, end: 13000, text: 'We are in New York City', label: null },
    { media: 'talks/a', tier: 'Roger Bingham', start: 13000, end: 3616000, text: "We're actually at the Lucern Hotel", label: null },
    { media: 'talks/a', tier: 'cues', start: 20000, end: 21000, text: 'A <b> & c\ntwo lines', label: null },
  ])
  expect(parsed.items[0]!.annotations[1]!.provenance).toMatchObject({ sourceId: 'intro', source: 'talks/a.vtt', extra: { settings: 'line:0 position:20%' } })
  expect(parsed.extra['talks/a.vtt']).toEqual({ blocks: ['STYLE\n::cue { color: papayawhip; }', 'NOTE about this file'] })
})

test('a round trip keeps every cue', async () => {
  const { first, second, files } = await roundTrip(webvtt, { 'talks/a.vtt': specification })
  expect(heard(second)).toEqual(heard(first))
  expect(files['talks/a.vtt']).toContain('intro\n00:00:13.000 --> 01:00:16.000 line:0 position:20%\n<v Roger Bingham>We\'re actually at the <i>Lucern</i> Hotel\n')
})

test.each([
  ['no-header', '00:01.000 --> 00:02.000\na\n', 'not-webvtt', 'line 1', 0],
  ['ends-before-it-starts', 'WEBVTT\n\n00:02.000 --> 00:01.000\na\n\n00:03.000 --> 00:04.000\nb\n', 'ends-before-start', 'line 3', 1],
  ['sixty-one-seconds', 'WEBVTT\n\n00:61.000 --> 01:02.000\na\n\n00:03.000 --> 00:04.000\nb\n', 'not-a-time', 'line 3', 1],
  ['comma-for-a-point-is-read', 'WEBVTT\n\n00:01,5 --> x\na\n\n00:03.000 --> 00:04.000\nb\n', 'not-a-time', 'line 3', 1],
])('%s: a clear error, the rest read', async (_name, text, code, place, rest) => {
  const parsed = await read(text)
  expect(parsed.failed).toMatchObject([{ file: 'talks/a.vtt', code, place }])
  expect(parsed.items.flatMap(({ annotations }) => annotations)).toHaveLength(rest)
})

test('cues out of order, without empty lines between, with old line endings', async () => {
  const parsed = await read('\uFEFFWEBVTT\r\r00:03.000 --> 00:04.000\rb\r00:01.000 --> 00:02.000\ra')
  expect(heard(parsed).map(({ start, text }) => [start, text])).toEqual([[3000, 'b'], [1000, 'a']])
})

test('a megabyte in one line', async () => {
  const parsed = await read(`WEBVTT\n\n00:01.000 --> 00:02.000\n${'<'.repeat(500_000)}${'a'.repeat(500_000)}\n`)
  expect(parsed.failed).toEqual([])
  expect(parsed.items[0]!.annotations).toHaveLength(1)
})

test('languages', async () => {
  const { first, files } = await roundTrip(webvtt, { 'a.vtt': 'WEBVTT\nKind: captions\nLanguage: he\n\n00:01.000 --> 00:02.000\nשלום\n' })
  expect(first.items[0]!.annotations[0]!.language).toBe('he')
  expect(files['a.vtt']).toBe('WEBVTT\nLanguage: he\n\n00:00:01.000 --> 00:00:02.000\nשלום\n')
})
