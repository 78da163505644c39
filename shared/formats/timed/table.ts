import { linesOf } from './reading.ts'

/** A row of a format whose columns are separated by white space; `rest(n)` is the line from column n on, as written. */
export interface TableRow { readonly place: string; readonly line: string; readonly columns: readonly string[]; rest(from: number): string }

/** The rows of a NIST file: comments (`;;`) and empty lines are left out and handed to `comment`. */
export function rowsOf(text: string, comment: (line: string) => void): TableRow[] {
  const rows: TableRow[] = []
  for (const [index, line] of linesOf(text).entries()) {
    if (line.trim() === '') continue
    if (line.trimStart().startsWith(';;')) comment(line)
    else {
      rows.push({
        place: `line ${index + 1}`, line, columns: line.trim().split(/\s+/u),
        rest: (from) => new RegExp(`^\\s*(?:\\S+\\s+){${from}}`, 'u').test(`${line} `) ? line.replace(new RegExp(`^\\s*(?:\\S+(?:\\s+|$)){${from}}`, 'u'), '').trimEnd() : '',
      })
    }
  }
  return rows
}

/** A column holds no white space; empty is a name of its own. */
export const column = (text: string, empty: string): string => text.toWellFormed().trim().replace(/[\s\p{Cc}]+/gu, '_') || empty
