/** One cell of what stands behind a chart: null is "not known". */
export type Cell = string | number | null

/** What a chart is drawn from, as a person reads it: the names carry the units ("IoU", "time, s"). */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

const quoted = (text: string) => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
/** A cell that a spreadsheet would take for a formula is made a text. */
const plain = (text: string) => (/^[=+@\t\r]|^-(?![\d.])/u.test(text) ? `'${text}` : text)

/** The table as CSV (RFC 4180, lines end in CR LF); numbers with all their digits, null is an empty cell. */
export function csvOf({ columns, rows }: Table): string {
  const lines = [columns, ...rows].map((cells) => cells.map((cell) => (cell === null ? '' : typeof cell === 'number' ? String(cell) : quoted(plain(cell)))).join(','))
  return `${lines.join('\r\n')}\r\n`
}

/** A cell as it is read: four significant digits at most, a dash where nothing is known. */
export function shown(cell: Cell): string {
  if (cell === null) return '–'
  if (typeof cell === 'string') return cell
  return Number.isInteger(cell) ? cell.toLocaleString() : cell.toLocaleString(undefined, { maximumSignificantDigits: 4 })
}
