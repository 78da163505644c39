import { looseColumn, plainColumn, type ColumnRole } from '#shared/agreement/columns.ts'
import { delimiterOf, parseCsv, TableError } from '#shared/agreement/csv.ts'

/** Names of columns, where they are none of the usual ones. */
export interface GoldColumns { readonly task?: string | undefined; readonly value?: string | undefined }

/**
 * Reads a table of known answers, `task,label` or `task,text`, a row each; columns under their usual names, a column of what is right before one of answers.
 * Rows without a label are skipped. Throws a TableError that says the line.
 */
export function readGold(csv: string, columns: GoldColumns = {}): Map<string, string> {
  const [header, ...records] = parseCsv(csv, delimiterOf(csv))
  const names = header?.fields ?? []
  const called = (name: string | undefined) => (name === undefined ? -1 : names.findIndex((each) => each.trim().toLowerCase() === name.trim().toLowerCase()))
  const find = (roles: readonly ColumnRole[], taken: readonly number[]) => [plainColumn, looseColumn].flatMap((by) => roles.flatMap((role) => by(names, role, taken) ?? []))[0] ?? -1
  const named = called(columns.value)
  const value = named >= 0 ? named : find(['gold', 'label', 'text'], [])
  const task = called(columns.task) >= 0 ? called(columns.task) : find(['task'], [value])
  if (task < 0 || value < 0 || (columns.value !== undefined && named < 0)) throw new TableError('line 1: a table of known answers begins with "task,label" or "task,text".')
  const known = new Map<string, string>()
  for (const { fields, line } of records) {
    const [name, label] = [fields[task]?.trim() ?? '', fields[value]?.trim() ?? '']
    if (name === '' || label === '') continue
    if (known.has(name) && known.get(name) !== label) throw new TableError(`line ${line}: task "${name}" already has the known answer "${known.get(name)!}".`)
    known.set(name, label)
  }
  return known
}

/** Whether a table has such a column. */
export const hasColumn = (csv: string, name: string): boolean =>
  parseCsv(/^[^\r\n]*/u.exec(csv)?.[0] ?? '', delimiterOf(csv))[0]?.fields.some((field) => field.trim().toLowerCase() === name.trim().toLowerCase()) ?? false
