import { expect, test } from 'vitest'
import { bytesInput, heard, roundTrip } from '../timed/sampleRecording.ts'
import { srt } from './srt.ts'

const read = async (text: string | Uint8Array) => srt.parse(bytesInput({ 'a.srt': text }))
const said = async (text: string | Uint8Array) => heard(await read(text)).map(({ start, end, text }) => [start, end, text])

test('numbers, times and lines', async () => {
  expect(await said('1\n00:02:16,612 --> 00:02:19,376\nSenator, we\'re making\nour final approach.\n\n2\n00:02:19,482 --> 00:02:21,609 X1:40 X2:600 Y1:20 Y2:50\n<i>Very good</i>, Lieutenant.\n')).toEqual([
    [136612, 139376, "Senator, we're making\nour final approach."], [139482, 141609, 'Very good, Lieutenant.'],
  ])
})

test('what players also take: no numbers, points for commas, empty lines in a text, no empty line between', async () => {
  expect(await said('00:00:01.000 --> 00:00:02.000\na\n\nstill a\n\n00:00:03,000 --> 00:00:04,000\nb\n5\n00:00:05,000 --> 00:00:06,000\nc')).toEqual([
    [1000, 2000, 'a\n\nstill a'], [3000, 4000, 'b\n5'], [5000, 6000, 'c'],
  ])
})

test('a text that is a number stays a text', async () => {
  expect(await said('1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n')).toEqual([[1000, 2000, '42'], [3000, 4000, 'b']])
})

test('markup and positions come back, numbers are counted anew', async () => {
  const { files } = await roundTrip(srt, { 'a.srt': '7\n00:00:03,000 --> 00:00:04,000\n{\\an8}<i>b</i>\n\n9\n00:00:01,000 --> 00:00:02,000 X1:4\na\n' })
  expect(files['a.srt']).toBe('1\n00:00:01,000 --> 00:00:02,000 X1:4\na\n\n2\n00:00:03,000 --> 00:00:04,000\n{\\an8}<i>b</i>\n')
})

test.each([
  ['minutes-over-59', '1\n00:61:00,000 --> 00:62:00,000\na\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n', 'not-a-time', 'line 2'],
  ['ends-before-it-starts', '1\n00:00:02,000 --> 00:00:01,000\na\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n', 'ends-before-start', 'line 2'],
  ['words-before-the-first-cue', 'hello\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n', 'not-a-cue', 'line 1'],
])('%s: a clear error, the rest read', async (_name, text, code, place) => {
  const parsed = await read(text)
  expect(parsed.failed).toMatchObject([{ file: 'a.srt', code, place }])
  expect(heard(parsed).map((cue) => cue.text)).toEqual(['b'])
})

test('a file that is not UTF-8 is read as windows-1252, and says so', async () => {
  const bytes = Uint8Array.from('1\n00:00:01,000 --> 00:00:02,000\ncaf\u00E9\n', (character) => character.charCodeAt(0))
  const parsed = await read(bytes)
  expect(heard(parsed)[0]!.text).toBe('café')
  expect(parsed.notes).toMatchObject([{ code: 'not-utf-8' }])
})
