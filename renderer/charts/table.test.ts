import { expect, test } from 'vitest'
import { csvOf, shown } from './table.ts'

test('a table leaves as CSV that keeps commas, quotes, line ends and every digit', () => {
  expect(csvOf({ columns: ['class', 'share, %'], rows: [['car, red', 0.1 + 0.2], ['say "so"', null], ['two\nlines', 7]] }))
    .toBe('class,"share, %"\r\n"car, red",0.30000000000000004\r\n"say ""so""",\r\n"two\nlines",7\r\n')
})

test('a name that a spreadsheet would run as a formula is a text; negative numbers stay numbers', () => {
  expect(csvOf({ columns: ['a'], rows: [['=1+1'], ['@x'], ['-3'], ['-x'], [-3]] })).toBe("a\r\n'=1+1\r\n'@x\r\n-3\r\n'-x\r\n-3\r\n")
})

test('cells are read with four digits and a dash for what is not known', () => {
  expect([shown(0.123456), shown(12345), shown(null), shown('a')]).toEqual(['0.1235', (12345).toLocaleString(), '–', 'a'])
})
