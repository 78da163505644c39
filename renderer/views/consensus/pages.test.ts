import { expect, test } from 'vitest'
import { asPages, pagesFor } from './pages.ts'

test('the row in hand is read anew with its neighbours over the edge of a page', () => {
  expect(pagesFor(0, { first: 0, last: 12 })).toEqual({ first: 0, last: 0 })
  expect(pagesFor(99, { first: 90, last: 102 })).toEqual({ first: 0, last: 1 })
  expect(pagesFor(260, { first: 250, last: 262 })).toEqual({ first: 2, last: 3 })
})

test('rows in sight far from the one in hand take a request of their own', () => {
  expect(pagesFor(0, { first: 210, last: 222 })).toEqual({ first: 0, last: 2 })
  expect(pagesFor(0, { first: 910, last: 922 })).toEqual({ first: 0, last: 0 })
})

test('an answer is parted into pages, the last one short', () => {
  const pages = asPages(Array.from({ length: 230 }, (_, at) => at), 4)
  expect(pages.map(([page, rows]) => [page, rows[0], rows.length])).toEqual([[4, 0, 100], [5, 100, 100], [6, 200, 30]])
  expect(asPages([], 0)).toEqual([])
})
