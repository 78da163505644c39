import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesInput } from '../timed/sampleRecording.ts'
import { csvCell, guarded, parseCsv, unguarded } from './cells.ts'
import { csv } from './csv.ts'

const parse = (content: string) => csv.parse(bytesInput({ 'table.csv': content }))

test('RFC 4180, section 2: line breaks, commas and doubled quotes in quoted cells', () => {
  const rows = parseCsv('aaa,"b\r\nbb","c""c"\r\nzzz,yyy,xxx', ',')
  expect(rows).toEqual([{ line: 1, cells: ['aaa', 'b\r\nbb', 'c"c'], open: false }, { line: 3, cells: ['zzz', 'yyy', 'xxx'], open: false }])
})

test('any cells are read as they were written', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (rows) => {
    const text = rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
    fc.pre(!text.startsWith('\uFEFF'))
    expect(parseCsv(text, ',').map(({ cells }) => cells)).toEqual(rows)
  }))
})

test('no cell begins what a spreadsheet would run, and every one comes back', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.tuple(fc.constantFrom('=', '+', '-', '@', "'=", "''-", '\t', '\r', "'"), fc.string()).map((pair) => pair.join(''))), (text) => {
    expect(guarded(text)).not.toMatch(/^[=+\-@\t\r]/u)
    expect(unguarded(guarded(text))).toBe(text)
  }))
})

test('a table from a German spreadsheet: semicolons, decimal commas', async () => {
  const { items, failed } = await parse('item;kind;label;x;y;width;height;start;end;tier;text\na.png;box;cat;1,5;2;3;4,25;;;;\ns.wav;segment;;;;;;0,5;1,25;Ada;hallo\n')
  expect(failed).toEqual([])
  expect(items.map(({ annotations }) => annotations[0]!.geometry)).toEqual([
    { kind: 'box', x: 1.5, y: 2, width: 3, height: 4.25 }, { kind: 'segment', tier: 'Ada', start: 500, end: 1250, rate: 1000 },
  ])
})

test('hostile rows cost themselves alone', async () => {
  const { items, failed } = await parse([
    'item,kind,x,y,width,height,points,start,end,flags,attributes', ',box,1,2,3,4', 'a.png,circle,1,2', 'a.png,box,1,two,3,4', 'a.png,box,NaN,2,3,4', 'a.png,box,1,2,3,1e99', 'a.png,polygon,,,,,"1,1 2"',
    's.wav,segment,,,,,,5,1', 's.wav,segment,,,,,,-1,1', 'a.png,item,,,,,,,,wild', 'a.png,item,,,,,,,,,{', 'a.png,box,1,2,3,4,,,,,,,,too many', 'a.png,box,1,2,3,4',
  ].join('\n'))
  expect(failed.map(({ place, code }) => [place, code])).toEqual([
    ['line 2, item', 'missing-field'], ['line 3, kind', 'wrong-value'], ['line 4, y', 'wrong-type'], ['line 5, x', 'wrong-type'], ['line 6, height', 'out-of-range'], ['line 7, points', 'wrong-value'],
    ['line 8, end', 'ends-before-start'], ['line 9, start', 'negative-time'], ['line 10, flags', 'wrong-value'], ['line 11, attributes', 'not-json'], ['line 12', 'wrong-columns'],
  ])
  expect(items.find(({ media }) => media.path === 'a.png')!.annotations).toHaveLength(1)
})
