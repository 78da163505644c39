/** Rows of the ranked list in a page. */
export const pageSize = 100
/** Pages in one request at most. */
const pagesAtOnce = 3
/** Rows on either side of the one in hand that are read with it: the list shortens while disputes are decided. */
const around = 50

export interface RowRange { readonly first: number; readonly last: number }

export const pageOf = (row: number): number => Math.floor(row / pageSize)

/** The pages to read anew, first and last: those around the row in hand, and those in sight where all of them fit into one request. */
export function pagesFor(near: number, sight: RowRange): RowRange {
  const own = { first: pageOf(Math.max(0, near - around)), last: pageOf(near + around) }
  const all = { first: Math.min(own.first, pageOf(sight.first)), last: Math.max(own.last, pageOf(sight.last)) }
  return all.last - all.first < pagesAtOnce ? all : own
}

/** Rows that begin at a page's first row, as pages. */
export function asPages<Row>(rows: readonly Row[], first: number): [number, readonly Row[]][] {
  return Array.from({ length: Math.ceil(rows.length / pageSize) }, (_, at) => [first + at, rows.slice(at * pageSize, (at + 1) * pageSize)])
}
