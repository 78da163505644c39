import { expect, test } from 'vitest'
import { bytesInput, filesOf, heard, roundTrip, snapshotOf } from '../timed/sampleRecording.ts'
import { textgrid } from './textgrid.ts'

// Praat's manual, "TextGrid file formats", 1 and 2: one grid, long and short.
const long = `File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.3
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "IntervalTier"
        name = "Mary"
        xmin = 0
        xmax = 2.3
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.7
            text = ""
        intervals [2]:
            xmin = 0.7
            xmax = 1.6
            text = "say ""hi"" ! now"
        intervals [3]:
            xmin = 1.6
            xmax = 2.3
            text = ""
    item [2]:
        class = "IntervalTier"
        name = "John"
        xmin = 0
        xmax = 2.3
        intervals: size = 1
        intervals [1]:
            xmin = 0
            xmax = 2.3
            text = ""
    item [3]:
        class = "TextTier"
        name = "bell"
        xmin = 0
        xmax = 2.3
        points: size = 1
        points [1]:
            number = 1.05
            mark = "ding"
`
const short = `File type = "ooTextFile"
Object class = "TextGrid"
! a comment
0 2.3 <exists> 3
"IntervalTier" "Mary" 0 2.3 3
0 0.7 "" 0.7 1.6 "say ""hi"" ! now" 1.6 2.3 ""
"IntervalTier" "John" 0 2.3 1
0 2.3 ""
"TextTier" "bell" 0 2.3 1 1.05 "ding"`

const expected = [{ media: 'a', tier: 'Mary', start: 700, end: 1600, text: 'say "hi" ! now', label: null }, { media: 'a', tier: 'bell', start: 1050, end: 1050, text: 'ding', label: null }]
const utf16 = (text: string, little: boolean) =>
  Uint8Array.from([...(little ? [0xff, 0xfe] : [0xfe, 0xff]), ...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)).flatMap((code) => (little ? [code & 255, code >> 8] : [code >> 8, code & 255]))])
const read = (content: string | Uint8Array) => textgrid.parse(bytesInput({ 'a.TextGrid': content }))

test.each([['long', long], ['short', short], ['windows-lines', long.replaceAll('\n', '\r\n')], ['utf-16-le', utf16(long, true)], ['utf-16-be', utf16(short, false)]])('%s', async (_name, content) => {
  const parsed = await read(content)
  expect(parsed.failed).toEqual([])
  expect(heard(parsed)).toEqual(expected)
  expect(parsed.tiers).toEqual([
    { name: 'Mary', constraint: 'none', points: false, overlap: false }, { name: 'John', constraint: 'none', points: false, overlap: false }, { name: 'bell', constraint: 'none', points: true, overlap: false },
  ])
})

test('what is written is what Praat writes', async () => {
  const parsed = await read(long)
  const written = filesOf(textgrid.serialize(snapshotOf(parsed, 2.3)))['a.TextGrid']!
  const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
  expect(lines(written)).toEqual(lines(long))
})

test('boundaries between empty intervals are kept', async () => {
  const grid = '"ooTextFile" "TextGrid" 0 3 <exists> 1 "IntervalTier" "a" 0 3 3 0 1 "" 1 2 "" 2 3 "x"'
  const { first, second } = await roundTrip(textgrid, { 'a.TextGrid': grid })
  expect(heard(first).map(({ start, end, text }) => [start, end, text])).toEqual([[0, 1000, ''], [1000, 2000, ''], [2000, 3000, 'x']])
  expect(heard(second).filter(({ end }) => end <= 3000)).toEqual(heard(first))
})

test.each([
  ['negative-time', '1 "IntervalTier" "a" 0 3 2 -1 1 "x" 1 3 "y"', 'negative-time', ['y']],
  ['ends-before-it-starts', '1 "IntervalTier" "a" 0 3 2 2 1 "x" 1 3 "y"', 'ends-before-start', ['y']],
  ['truncated-in-a-text', '1 "IntervalTier" "a" 0 3 2 0 1 "y" 1 3 "never clo', 'not-a-textgrid', ['y']],
  ['truncated-between-tiers', '2 "IntervalTier" "a" 0 3 1 0 3 "y"', 'not-a-textgrid', ['y']],
  ['more-rows-than-said', '2 "IntervalTier" "a" 0 3 1 0 3 "y" 3 4 "z" "IntervalTier" "b" 0 3 0', 'not-a-textgrid', ['y']],
  ['a-billion-tiers', '999999999', 'not-a-textgrid', []],
])('%s: a clear error with file and line, the rest read', async (_name, body, code, texts) => {
  const parsed = await read(`"ooTextFile" "TextGrid" 0 3 <exists> ${body}`)
  expect(parsed.failed).toMatchObject([{ file: 'a.TextGrid', place: 'line 1', code }])
  expect(heard(parsed).map(({ text }) => text)).toEqual(texts)
})

test('overlapping intervals are read, and written to a second tier', async () => {
  const { first, written, second } = await roundTrip(textgrid, { 'a.TextGrid': '"ooTextFile" "TextGrid" 0 3 <exists> 1 "IntervalTier" "a" 0 3 2 0 2 "x" 1 3 "y"' })
  expect(first.tiers).toMatchObject([{ name: 'a', overlap: true }])
  expect(written.losses).toMatchObject([{ code: 'tier-divided', count: 1 }])
  expect(heard(second).map(({ tier, start, text }) => [tier, start, text])).toEqual([['a', 0, 'x'], ['a (2)', 1000, 'y']])
})

test('two tiers of one name are two tiers', async () => {
  const parsed = await read('"ooTextFile" "TextGrid" 0 3 <exists> 2 "IntervalTier" "a" 0 3 1 0 3 "x" "IntervalTier" "a" 0 3 1 0 3 "y"')
  expect(heard(parsed).map(({ tier }) => tier)).toEqual(['a', 'a (2)'])
  expect(parsed.notes).toMatchObject([{ code: 'tier-renamed' }])
})

test("Praat's binary form and other objects are refused in words", async () => {
  expect((await read('ooBinaryFile\u0008TextGrid')).failed).toMatchObject([{ code: 'binary' }])
  expect((await read('"ooTextFile" "Pitch 1" 0 3')).failed).toMatchObject([{ code: 'not-a-textgrid' }])
})

test('times with more digits than a nanosecond come back as they were', async () => {
  const { first, files } = await roundTrip(textgrid, { 'a.TextGrid': '"ooTextFile" "TextGrid" 0 3 <exists> 1 "IntervalTier" "a" 0 3 1 0.30000000000000004 2.999999999999999 "x"' })
  expect(first.items[0]!.annotations[0]!.provenance.extra).toEqual({ start: '0.30000000000000004', end: '2.999999999999999' })
  expect(files['a.TextGrid']).toContain('xmin = 0.30000000000000004 ')
})
