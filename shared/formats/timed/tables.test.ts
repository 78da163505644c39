import { expect, test } from 'vitest'
import { audacity } from '../audacity/audacity.ts'
import { ctm } from '../ctm/ctm.ts'
import { rttm } from '../rttm/rttm.ts'
import { stm } from '../stm/stm.ts'
import { bytesInput, heard, roundTrip } from './sampleRecording.ts'

test('audacity: labels, points, and the frequencies of spectral selections', async () => {
  const source = '0.500000\t1.250000\thello there\n\\\t500.000000\t2000.000000\n2.000000\t2.000000\tclick\n3.000000\t4.000000\t\n'
  const { first, files } = await roundTrip(audacity, { 'a.txt': source })
  expect(heard(first).map(({ start, end, text }) => [start, end, text])).toEqual([[500, 1250, 'hello there'], [2000, 2000, 'click'], [3000, 4000, '']])
  expect(files['a.txt']).toBe(source)
})

test('audacity: a decimal comma is read; a text file that holds no labels is not ours', async () => {
  expect(heard(await audacity.parse(bytesInput({ 'a.txt': '1,5\t2,5\ta\n' })))[0]).toMatchObject({ start: 1500, end: 2500 })
  expect(await audacity.detect(bytesInput({ 'readme.txt': 'These are my recordings.\n1\t2\n' }))).toBe(0)
})

test('audacity: bad rows are named, the others read', async () => {
  const parsed = await audacity.parse(bytesInput({ 'a.txt': '1.0\t2.0\ta\n5.0\t4.0\tb\n-1.0\t4.0\tc\nnonsense\n6.0\t7.0\td\n' }))
  expect(parsed.failed.map(({ place, code }) => `${place} ${code}`)).toEqual(['line 2 ends-before-start', 'line 3 negative-time', 'line 4 not-a-label'])
  expect(heard(parsed).map(({ text }) => text)).toEqual(['a', 'd'])
})

// SCTK's documentation, infmts: ctm.
const words = ';;\n;;  comments follow ';
const conversation = `${words}';;'\n7654 A 11.34 0.2 YES -6.763\n7654 A 12.00 0.34 YOU -12.384530\n7654 B 13.30 0.5 CAN 2.806418\n`

test('ctm: words with times, channels and confidence', async () => {
  const { first, files } = await roundTrip(ctm, { 'a.ctm': conversation })
  expect(heard(first)).toEqual([
    { media: '7654', tier: 'A', start: 11340, end: 11540, text: 'YES', label: null }, { media: '7654', tier: 'A', start: 12000, end: 12340, text: 'YOU', label: null },
    { media: '7654', tier: 'B', start: 13300, end: 13800, text: 'CAN', label: null },
  ])
  expect(files['words.ctm']).toBe('7654 A 11.34 0.20 YES -6.763\n7654 A 12.00 0.34 YOU -12.384530\n7654 B 13.30 0.50 CAN 2.806418\n')
})

test('ctm: the words of all alternatives are read, and what an export loses of them is named', async () => {
  // SCTK's documentation, infmts: ctm, alternative transcripts.
  const { first, written } = await roundTrip(ctm, { 'a.ctm': '7654 A * * <ALT_BEGIN>\n7654 A 12.00 0.34 UM\n7654 A * * <ALT>\n7654 A 12.00 0.34 UH\n7654 A * * <ALT_END>\n7654 A 13.00 0.34 YES\n' })
  expect(first.items[0]!.annotations.map(({ text, provenance }) => [text, provenance.extra['alternative']])).toEqual([['UM', '1.1'], ['UH', '1.2'], ['YES', undefined]])
  expect(first.notes).toMatchObject([{ code: 'alternatives', place: 'line 1' }])
  expect(written.losses).toMatchObject([{ code: 'alternative-lost', count: 2 }])
})

test('ctm: missing columns and texts for numbers are named', async () => {
  const parsed = await ctm.parse(bytesInput({ 'a.ctm': '7654 A * 0.2 word\n7654 A 1.0 0.2\n7654 A x 0.2 word\n7654 A -1 0.2 word\n7654 A 1.0 0.2 word\n' }))
  expect(parsed.failed.map(({ place, code }) => `${place} ${code}`)).toEqual(['line 1 not-a-time', 'line 2 wrong-columns', 'line 3 not-a-time', 'line 4 negative-time'])
  expect(heard(parsed)).toHaveLength(1)
})

// SCTK's documentation, infmts: stm.
const segments = ';; comment\n2345 A 2345-a 0.10 2.03 uh huh yes i thought\n2345 A 2345-b 2.10 3.04 <o,f0> dog  walking is a very\n2345 A 2345-a 3.50 4.59 IGNORE_TIME_SEGMENT_IN_SCORING\n2345 A 2345-a 5.00 6.00\n'

test('stm: speakers, labels of subsets, segments that are not scored', async () => {
  const { first, files } = await roundTrip(stm, { 'a.stm': segments })
  expect(heard(first).map(({ tier, start, end, text }) => [tier, start, end, text])).toEqual([
    ['2345-a', 100, 2030, 'uh huh yes i thought'], ['2345-b', 2100, 3040, 'dog  walking is a very'], ['2345-a', 3500, 4590, null], ['2345-a', 5000, 6000, ''],
  ])
  expect(files['segments.stm']).toBe(segments.replace(';; comment\n', ''))
})

const speakers = 'SPKR-INFO talk 1 <NA> <NA> <NA> unknown Ada <NA> <NA>\nSPEAKER talk 1 0.500 2.250 <NA> <NA> Ada <NA> <NA>\nSPEAKER talk 1 1.000 0.500 <NA> <NA> Bob 0.9 <NA>\nLEXEME talk 1 0.500 0.250 hello lex Ada 0.8 <NA>\nNON-SPEECH talk 1 4.000 1.000 <NA> noise <NA> <NA> <NA>\n'

test('rttm: who speaks when', async () => {
  const { first, files } = await roundTrip(rttm, { 'a.rttm': speakers })
  expect(heard(first).map(({ tier, start, end, text, label }) => [tier, start, end, text, label])).toEqual([
    ['Ada', 500, 2750, null, 'SPEAKER'], ['Bob', 1000, 1500, null, 'SPEAKER'], ['Ada', 500, 750, 'hello', 'LEXEME'], ['NON-SPEECH', 4000, 5000, null, 'NON-SPEECH'],
  ])
  expect(first.tiers.map(({ name, overlap }) => [name, overlap])).toEqual([['Ada', true], ['Bob', false], ['NON-SPEECH', false]])
  const lines = speakers.split('\n').slice(1, -1)
  expect(files['speakers.rttm']!.trimEnd().split('\n').sort()).toEqual(lines.sort())
})

test('rttm: rows that cannot be taken are named', async () => {
  const parsed = await rttm.parse(bytesInput({ 'a.rttm': 'SPEAKER talk 1 0.5 -2 <NA> <NA> Ada <NA>\nSPEAKER talk 1\nSPEAKER talk 1 1.0 2.0 <NA> <NA> Ada <NA>\n' }))
  expect(parsed.failed.map(({ place, code }) => `${place} ${code}`)).toEqual(['line 1 negative-time', 'line 2 wrong-columns'])
  expect(heard(parsed)).toHaveLength(1)
})
