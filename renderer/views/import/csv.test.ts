import { expect, test } from 'vitest'
import { byCode, issuesAsCsv } from './csv.ts'

test('commas, quotes and new lines in names stay in their cell', () => {
  expect(issuesAsCsv([{ code: 'unreadable', path: 'a,"b"\n.jpg', message: 'broken' }])).toBe('code,path,message\r\nunreadable,"a,""b""\n.jpg",broken\r\n')
})

test('a file name cannot become a formula of the spreadsheet', () => {
  expect(issuesAsCsv([{ code: 'tiny', path: '=HYPERLINK(1)', message: '' }])).toContain("'=HYPERLINK(1)")
})

test('issues are counted by code', () => {
  const issue = (code: string) => ({ code, path: '', message: '' })
  expect(byCode(['tiny', 'huge', 'tiny'].map(issue))).toEqual([{ code: 'tiny', count: 2 }, { code: 'huge', count: 1 }])
})
