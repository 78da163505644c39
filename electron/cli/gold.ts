import { delimiterOf, parseCsv, TableError } from '#shared/agreement/csv.ts'

const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
const taskNames = ['task', 'taskid', 'item', 'itemid', 'unit', 'question', 'id']
const valueNames = ['label', 'truelabel', 'gold', 'goldlabel', 'truth', 'groundtruth', 'value', 'answer', 'class', 'category', 'text', 'output', 'transcript']

/** Reads a table of known answers, `task,label` or `task,text`, a row each. Rows without a label are skipped. Throws a TableError that says the line. */
export function readGold(csv: string): Map<string, string> {
  const [header, ...records] = parseCsv(csv, delimiterOf(csv))
  const names = header?.fields.map(plain) ?? []
  const at = (wanted: readonly string[]) => names.indexOf(wanted.find((name) => names.includes(name)) ?? '')
  const [task, value] = [at(taskNames), at(valueNames)]
  if (task < 0 || value < 0) throw new TableError('line 1: a table of known answers begins with "task,label" or "task,text".')
  const known = new Map<string, string>()
  for (const { fields, line } of records) {
    const [name, label] = [fields[task]?.trim() ?? '', fields[value]?.trim() ?? '']
    if (name === '' || label === '') continue
    if (known.has(name) && known.get(name) !== label) throw new TableError(`line ${line}: task "${name}" already has the known answer "${known.get(name)!}".`)
    known.set(name, label)
  }
  return known
}
