/** What is wrong with a table, in words that begin with where: `line 3: …`. */
export class TableError extends Error {}

/** One record of a delimited file; `line` is the line of the file it begins on, from 1. */
export interface CsvRecord { readonly fields: readonly string[]; readonly line: number }

const quote = 34, carriageReturn = 13, newline = 10

/**
 * Reads a table as RFC 4180 has it: quoted cells may hold the delimiter, line ends and doubled quotes. Beyond it: a byte order
 * mark is skipped, lines may end in LF, CRLF or CR, empty lines are skipped, a quote inside an unquoted cell is a plain quote, and between tabs so is
 * one that opens a cell and does not close it.
 * Throws a TableError for a quote that is never closed or is followed by more text.
 */
export function parseCsv(text: string, delimiter = ','): CsvRecord[] {
  const comma = delimiter.charCodeAt(0)
  const records: CsvRecord[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let line = 1
  const endsCell = (code: number) => code === comma || code === newline || code === carriageReturn

  const plainCell = () => {
    const start = at
    while (at < text.length && !endsCell(text.charCodeAt(at))) at++
    return text.slice(start, at)
  }
  // Text with tabs is seldom quoted: there a quote that does not close the cell is one.
  const literal = delimiter === '\t'
  const quotedCell = () => {
    const opened = line
    const start = at + 1
    for (let end = text.indexOf('"', start); end >= 0; end = text.indexOf('"', end + 2)) {
      if (text.charCodeAt(end + 1) === quote) continue
      const cell = text.slice(start, end)
      if (literal && end + 1 < text.length && !endsCell(text.charCodeAt(end + 1))) return plainCell()
      at = end + 1
      line += countLineEnds(cell)
      if (at < text.length && !endsCell(text.charCodeAt(at))) throw new TableError(`line ${line}: there is text after a closing quote. Double the quotes that belong to the cell ("").`)
      return cell.replaceAll('""', '"')
    }
    if (literal) return plainCell()
    throw new TableError(`line ${opened}: a quote is opened and never closed.`)
  }

  while (at < text.length) {
    const begins = line
    const fields: string[] = []
    for (;;) {
      fields.push(text.charCodeAt(at) === quote ? quotedCell() : plainCell())
      if (text.charCodeAt(at) !== comma) break
      at++
    }
    if (text.charCodeAt(at) === carriageReturn && text.charCodeAt(at + 1) === newline) at++
    at++
    line++
    if (fields.length > 1 || fields[0] !== '') records.push({ fields, line: begins })
  }
  return records
}

const countLineEnds = (cell: string) => (/[\r\n]/u.test(cell) ? (cell.match(/\r\n|\r|\n/gu)?.length ?? 0) : 0)

/** The delimiter that a table's first line uses most outside of quotes: comma, semicolon or tab; comma when there is none. `spaces`: or a space, where it has none of them. */
export function delimiterOf(text: string, spaces = false): string {
  const header = (/^[^\r\n]*/u.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/gu, '')
  const count = (delimiter: string) => header.split(delimiter).length
  const found = [',', ';', '\t'].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best))
  return spaces && count(found) === 1 && count(' ') > 1 ? ' ' : found
}
