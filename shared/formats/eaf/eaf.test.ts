import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesInput, filesOf, heard, roundTrip, snapshotOf } from '../timed/sampleRecording.ts'
import { parseXml } from '../xml.ts'
import { eaf } from './eaf.ts'

const slots = (...times: (number | string | null)[]) => `<TIME_ORDER>${times.map((time, index) => `<TIME_SLOT TIME_SLOT_ID="ts${index + 1}"${time === null ? '' : ` TIME_VALUE="${time}"`}/>`).join('')}</TIME_ORDER>`
const timed = (id: string, from: number, to: number, text: string) => `<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="${id}" TIME_SLOT_REF1="ts${from}" TIME_SLOT_REF2="ts${to}"><ANNOTATION_VALUE>${text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>`
const referring = (id: string, parent: string, text: string, previous = '') => `<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="${id}" ANNOTATION_REF="${parent}"${previous && ` PREVIOUS_ANNOTATION="${previous}"`}><ANNOTATION_VALUE>${text}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>`
const types = `<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="utterance" TIME_ALIGNABLE="true"/><LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="words" CONSTRAINTS="Time_Subdivision" TIME_ALIGNABLE="true"/>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="gestures" CONSTRAINTS="Included_In" TIME_ALIGNABLE="true"/><LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="morphs" CONSTRAINTS="Symbolic_Subdivision" TIME_ALIGNABLE="false"/>
<LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="translation" CONSTRAINTS="Symbolic_Association" TIME_ALIGNABLE="false"/>`
const document = (body: string, version = '3.0') => `<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="Ada" DATE="2026-01-01T00:00:00+00:00" FORMAT="${version}" VERSION="${version}">
<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"><MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/Users/ada/my%20talk.wav" MIME_TYPE="audio/x-wav"/><PROPERTY NAME="lastUsedAnnotationId">9</PROPERTY></HEADER>
${body}${types}</ANNOTATION_DOCUMENT>`

/** All four constraints; the words' inner slot has no time; a tier stands before its parent. */
const four = document(`${slots(1000, 1000, null, 4000, 4000, 1200, 1800)}
<TIER TIER_ID="free" LINGUISTIC_TYPE_REF="translation" PARENT_REF="Ada" PARTICIPANT="Ada">${referring('a7', 'a1', 'Bonjour &amp; adieu')}</TIER>
<TIER TIER_ID="Ada" LINGUISTIC_TYPE_REF="utterance" PARTICIPANT="Ada" DEFAULT_LOCALE="en">${timed('a1', 1, 5, 'good bye')}</TIER>
<TIER TIER_ID="words" LINGUISTIC_TYPE_REF="words" PARENT_REF="Ada">${timed('a2', 2, 3, 'good')}${timed('a3', 3, 4, 'bye')}</TIER>
<TIER TIER_ID="hands" LINGUISTIC_TYPE_REF="gestures" PARENT_REF="Ada">${timed('a4', 6, 7, 'wave')}</TIER>
<TIER TIER_ID="morphs" LINGUISTIC_TYPE_REF="morphs" PARENT_REF="words">${referring('a6', 'a3', 'e', 'a5')}${referring('a5', 'a3', 'by')}</TIER>`)

const told = (parsed: Awaited<ReturnType<typeof eaf.parse>>) => heard(parsed).map(({ tier, start, end, text }) => `${tier} ${start}–${end} ${text}`).sort()
const read = (content: string) => eaf.parse(bytesInput({ 'a.eaf': content }))

test.each(['2.7', '2.8', '3.0'])('all four constraints of EAF %s', async (version) => {
  const parsed = await read(four.replaceAll('"3.0"', `"${version}"`))
  expect(parsed.failed).toEqual([])
  expect(told(parsed)).toEqual([
    'Ada 1000–4000 good bye', 'free 1000–4000 Bonjour & adieu', 'hands 1200–1800 wave', 'morphs 2500–3250 by', 'morphs 3250–4000 e', 'words 1000–2500 good', 'words 2500–4000 bye',
  ])
  expect(parsed.tiers.map(({ name, constraint, parent }) => [name, constraint, parent])).toEqual([
    ['free', 'symbolic-association', 'Ada'], ['Ada', 'none', null], ['words', 'time-subdivision', 'Ada'], ['hands', 'included-in', 'Ada'], ['morphs', 'symbolic-subdivision', 'words'],
  ])
  const [item] = parsed.items
  expect(item!.media).toEqual({ path: 'my talk', exact: false })
  expect(item!.relations.map(({ name, from, to }) => [name, item!.annotations[from]!.text, item!.annotations[to]!.text])).toEqual([['parent', 'Bonjour & adieu', 'good bye'], ['parent', 'e', 'bye'], ['parent', 'by', 'bye']])
})

test('a round trip keeps times, tiers, types, ids and what has no time of its own', async () => {
  const { first, written, files, second } = await roundTrip(eaf, { 'a.eaf': four })
  expect(written.losses).toEqual([])
  expect(written.annotations).toBe(7)
  expect(second.failed).toEqual([])
  expect(told(second)).toEqual(told(first))
  const text = files['my talk.eaf']!
  expect(parseXml(text).problem).toBeNull()
  expect(text).toContain('<TIER DEFAULT_LOCALE="en" LINGUISTIC_TYPE_REF="utterance" PARTICIPANT="Ada" TIER_ID="Ada">')
  expect(text).toContain('<REF_ANNOTATION ANNOTATION_ID="a6" ANNOTATION_REF="a3" PREVIOUS_ANNOTATION="a5">')
  expect(text.match(/<TIME_SLOT TIME_SLOT_ID="ts\d+"\/>/gu)).toHaveLength(1)
  expect(filesOf(eaf.serialize(snapshotOf(second)))['my talk.eaf']).toBe(text)
})

test('the recording is the one named, beside the file if it is there; else the one called like the file', async () => {
  const found = async (...others: string[]) => (await eaf.parse(bytesInput({ 'x/a.eaf': four, ...Object.fromEntries(others.map((name) => [name, ''])) }))).items[0]!.media
  expect(await found('x/my talk.wav', 'y/my talk.wav')).toEqual({ path: 'x/my talk.wav', exact: true })
  expect(await found('y/my talk.wav')).toEqual({ path: 'y/my talk.wav', exact: true })
  expect(await found('x/a.wav')).toEqual({ path: 'x/a', exact: false })
  expect(await found()).toEqual({ path: 'x/my talk', exact: false })
})

test('a boundary that a person moved is written with its time', async () => {
  const parsed = await read(four)
  for (const { geometry, text } of parsed.items[0]!.annotations) {
    if (geometry.kind !== 'segment') continue
    if (text === 'good') geometry.end = 2000
    if (text === 'bye') geometry.start = 2000
  }
  const written = eaf.serialize(snapshotOf(parsed))
  expect(written.losses.map(({ code, count }) => `${code} ${count}`)).toEqual(['time-implied 2'])
  expect(told(await eaf.parse(bytesInput(filesOf(written))))).toContain('words 2000–4000 bye')
})

test.each([
  ['dtd-bomb', `<!DOCTYPE x [<!ENTITY a "ha">]>${document('')}`, 'not-xml', 'line 1', 0],
  ['truncated', four.slice(0, four.indexOf('<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a4"')), 'not-xml', 'line 8', 4],
  ['another-document', '<html></html>', 'not-eaf', 'line 1', 0],
  ['a-slot-that-is-not-there', document(`${slots(0, 5)}<TIER TIER_ID="t" LINGUISTIC_TYPE_REF="utterance">${timed('a1', 1, 9, 'x')}${timed('a2', 1, 2, 'y')}</TIER>`), 'no-time', 'line 4', 1],
  ['a-negative-time', document(`${slots('-5', 5)}<TIER TIER_ID="t" LINGUISTIC_TYPE_REF="utterance">${timed('a2', 2, 2, 'y')}</TIER>`), 'negative-time', 'line 4', 1],
  ['ends-before-it-starts', document(`${slots(9, 5)}<TIER TIER_ID="t" LINGUISTIC_TYPE_REF="utterance">${timed('a1', 1, 2, 'x')}${timed('a2', 2, 1, 'y')}</TIER>`), 'ends-before-start', 'line 4', 1],
  ['references-in-a-circle', document(`${slots(0, 5)}<TIER TIER_ID="t" LINGUISTIC_TYPE_REF="translation">${referring('a1', 'a1', 'x')}</TIER><TIER TIER_ID="u">${timed('a2', 1, 2, 'y')}</TIER>`), 'no-time', 'line 4', 1],
  ['frames-instead-of-milliseconds', document('').replace('milliseconds', 'PAL-frames'), 'unsupported', 'line 1', 0],
  ['an-id-twice', document(`${slots(0, 5)}<TIER TIER_ID="t" LINGUISTIC_TYPE_REF="utterance">${timed('a1', 1, 2, 'x')}${timed('a1', 1, 2, 'y')}</TIER>`), 'duplicate-id', 'line 4', 1],
])('%s: a clear error with file and line, the rest read', async (_name, content, code, place, rest) => {
  const parsed = await read(content)
  expect(parsed.failed).toMatchObject([{ file: 'a.eaf', code, place }])
  expect(heard(parsed)).toHaveLength(rest)
})

test('what has lost its parent is named and left out, with all that depends on it', async () => {
  const parsed = await read(four)
  const snapshot = snapshotOf(parsed)
  const without = { ...snapshot, items: snapshot.items.map((item) => ({ ...item, relations: [], annotations: item.annotations.filter(({ text }) => text !== 'good bye') })) }
  const written = eaf.serialize(without)
  expect(written.losses.map(({ code, count }) => `${code} ${count}`)).toEqual(['no-parent 6'])
  expect(written.annotations).toBe(0)
  expect((await eaf.parse(bytesInput(filesOf(written)))).failed).toEqual([])
})

test('any segments in any tiers are written so that they read the same', async () => {
  const segment = fc.record({ tier: fc.constantFrom('t', 'u', 'v "<&>'), start: fc.nat(1000), length: fc.integer({ min: 1, max: 300 }), text: fc.string({ unit: 'binary', maxLength: 8 }) })
  await fc.assert(fc.asyncProperty(fc.array(segment, { maxLength: 12 }), async (segments) => {
    const { tiers, items, ...rest } = await read(document(slots(0)))
    const annotations = segments.map(({ tier, start, length, text }, order) => ({
      label: null, geometry: { kind: 'segment' as const, tier, start, end: start + length, rate: 1000 }, attributes: {}, text, direction: 'auto' as const, language: null, order, flags: [], draft: false, group: null,
      provenance: { by: 'import' as const, format: 'x', source: 'x', sourceId: null, extra: {} },
    }))
    const made = { ...rest, tiers: [...tiers, ...['t', 'u', 'v "<&>'].map((name) => ({ name, constraint: 'none' as const, points: false, overlap: true }))], items: items.map((item) => ({ ...item, annotations })) }
    const written = eaf.serialize(snapshotOf(made))
    const again = await eaf.parse(bytesInput(filesOf(written)))
    expect(again.failed).toEqual([])
    const key = ({ tier, start, end }: { tier: string; start: number; end: number }) => `${tier.replace(/ \(\d+\)$/u, '')} ${start} ${end}`
    expect(heard(again).map(key).sort()).toEqual(segments.map(({ tier, start, length }) => key({ tier, start, end: start + length })).sort())
  }), { numRuns: 60 })
})
