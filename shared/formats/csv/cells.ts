/** A record of a table: the line on which it begins (from 1), and its cells. */
export interface CsvRow { readonly line: number; readonly cells: string[]; /** A quoted cell that is never closed. */ readonly open: boolean }

/**
 * RFC 4180: cells in quotes may hold separators, line breaks and doubled quotes. Any of the three line ends. A quote
 * inside a cell that does not begin with one is a character like any other.
 */
export function parseCsv(text: string, separator: string): CsvRow[] {
  const rows: CsvRow[] = []
  const plain = new RegExp(`[^\\r\\n${separator === '\t' ? '\\t' : separator}]*`, 'uy')
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const cells: string[] = []
    const begins = line
    let open = false
    for (;;) {
      if (text[at] === '"') {
        const end = closing(text, at + 1)
        open ||= end === -1
        const raw = text.slice(at + 1, end === -1 ? text.length : end)
        line += lineBreaks(raw)
        at = end === -1 ? text.length : end + 1
        plain.lastIndex = at
        const behind = plain.exec(text)![0]
        at += behind.length
        cells.push(raw.replaceAll('""', '"') + behind)
      } else {
        plain.lastIndex = at
        const cell = plain.exec(text)![0]
        at += cell.length
        cells.push(cell)
      }
      if (text[at] !== separator) break
      at++
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    at++
    line++
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begins, cells, open })
  }
  return rows
}

/** The place of the quote that ends a cell, or -1. */
function closing(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at
  return -1
}

const lineBreaks = (text: string): number => text.match(/\r\n|\r|\n/gu)?.length ?? 0

export const csvCell = (text: string): string => (/[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The separator of a table by its first line: what German and French spreadsheets write, too. */
export function separatorOf(head: string): string {
  const first = head.split(/[\r\n]/u, 1)[0]!.replaceAll(/"[^"]*"/gu, '')
  const counts = [',', ';', '\t'].map((separator) => first.split(separator).length)
  return [',', ';', '\t'][counts.indexOf(Math.max(...counts))]!
}

// What Excel, LibreOffice and Sheets take for a formula (OWASP, "CSV Injection").
const risky = /^'*[=+\-@\t\r]/u

/** Text that no spreadsheet takes for a formula: an apostrophe before what would begin one; `unguarded` takes it off again. */
export const guarded = (text: string): string => (risky.test(text) ? `'${text}` : text)
export const unguarded = (text: string): string => (text.startsWith("'") && risky.test(text.slice(1)) ? text.slice(1) : text)
