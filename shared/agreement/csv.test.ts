import fc from 'fast-check'
import { expect, test } from 'vitest'
import { delimiterOf, parseCsv, TableError } from './csv.ts'

const fieldsOf = (text: string, delimiter?: string) => parseCsv(text, delimiter).map(({ fields }) => fields)

test('cells, quotes, delimiters and line ends inside quotes (RFC 4180, section 2)', () => {
  expect(fieldsOf('aaa,bbb\r\nzzz,yyy\r\n')).toEqual([['aaa', 'bbb'], ['zzz', 'yyy']])
  expect(fieldsOf('"aaa","b\r\nb,b","c""c"\nzzz,,xxx')).toEqual([['aaa', 'b\r\nb,b', 'c"c'], ['zzz', '', 'xxx']])
  expect(fieldsOf('""""\n"",x')).toEqual([['"'], ['', 'x']])
})

test('a byte order mark, bare CR, empty lines and no last line end', () => {
  expect(fieldsOf('\uFEFFa,b\r1,2\r\r3,4')).toEqual([['a', 'b'], ['1', '2'], ['3', '4']])
  expect(fieldsOf('')).toEqual([])
  expect(fieldsOf('a,\n')).toEqual([['a', '']])
  expect(fieldsOf('5" nail,x')).toEqual([['5" nail', 'x']])
})

test('records know their line, through cells of several lines', () => {
  expect(parseCsv('a\n"1\n2\r\n3"\n\nb').map(({ line }) => line)).toEqual([1, 2, 6])
})

test('broken quotes are said with their line', () => {
  expect(() => parseCsv('a\n"b')).toThrow(new TableError('line 2: a quote is opened and never closed.'))
  expect(() => parseCsv('a\n"b" c')).toThrow('line 2: there is text after a closing quote.')
})

test('the delimiter is what the header uses', () => {
  expect(['task,worker', 'task;worker;a,b', 'task\tworker', '"a,b,c";d', 'one'].map((text) => delimiterOf(text))).toEqual([',', ';', '\t', ';', ','])
})

test('what is written quoted comes back', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é') })
  fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), fc.constantFrom('\n', '\r\n'), (rows, end) => {
    const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + end).join('')
    expect(fieldsOf(text)).toEqual(rows)
  }))
})
