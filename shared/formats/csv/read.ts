import { AnnotationFlag, TextDirection } from '#shared/model/annotation.ts'
import { AttributeValues } from '#shared/model/attribute.ts'
import { attributesSeen } from '../coco/readCategories.ts'
import { RowError } from '../coco/fields.ts'
import type { FormatInput, Parsed, ParsedAnnotation } from '../format.ts'
import { parseJson } from '../json.ts'
import { textAnnotation } from '../lines/lines.ts'
import { readEach, tierNamed, type Collector } from '../timed/reading.ts'
import { parseCsv, separatorOf, unguarded } from './cells.ts'
import { geometryOf } from './geometry.ts'

export async function readCsv(input: FormatInput): Promise<Parsed> {
  const parsed = await readEach(input, 'csv', (path) => /\.(?:csv|tsv)$/iu.test(path), readFile)
  for (const label of parsed.labels) label.attributes = attributesSeen(parsed.items.flatMap(({ annotations }) => annotations.filter((each) => each.label === label.name).map(({ attributes }) => attributes)))
  return parsed
}

type Relations = { from: ParsedAnnotation; to: string; item: string }[]

function readFile(text: string, to: Collector): void {
  const [header, ...rows] = parseCsv(text, separatorOf(text))
  const columns = (header?.cells ?? []).map((name) => name.trim().toLowerCase())
  if (!columns.includes('item') || !columns.includes('kind')) {
    to.fail('line 1', 'wrong-columns', 'the first line must name the columns; "item" and "kind" are needed.')
    return
  }
  const relations: Relations = []
  const ids = new Map<string, ParsedAnnotation>()
  for (const { line, cells, open } of rows) {
    const place = `line ${line}`
    if (open) to.fail(place, 'open-quote', 'a cell begins with a quote that is never closed; everything behind it was read as one cell.')
    if (cells.length > columns.length && cells.slice(columns.length).some((cell) => cell !== '')) {
      to.fail(place, 'wrong-columns', `there are ${cells.length} cells under ${columns.length} columns.`)
      continue
    }
    try {
      readRow(Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])), place, to, { relations, ids })
    } catch (error) {
      if (!(error instanceof RowError)) throw error
      to.fail(`${place}, ${error.field}`, error.code, error.message)
    }
  }
  for (const { from, to: name, item } of relations) {
    const { annotations, relations: into } = to.item(item, true)
    const [a, b] = [annotations.indexOf(from), annotations.indexOf(ids.get(`${item}\n${name}`)!)]
    if (b !== -1) into.push({ name: 'word of', from: a, to: b })
    else to.note('', 'no-line', `the line ${JSON.stringify(name.slice(0, 60))} that a word stands in is not in the table.`)
  }
}

function readRow(row: Record<string, string>, place: string, to: Collector, { relations, ids }: { relations: Relations; ids: Map<string, ParsedAnnotation> }): void {
  const text = (column: string) => unguarded(row[column] ?? '')
  const path = text('item')
  if (path.trim() === '') throw new RowError('item', 'missing-field', 'item is empty; it names the picture or the recording.')
  const item = to.item(path, true)
  item.source.place ||= place
  if (text('split') !== '') item.split = text('split')
  if ((row['kind'] ?? '').trim() === '') return
  const label = text('label').trim().normalize('NFC').slice(0, 200) || null
  const geometry = geometryOf({ ...row, tier: tierNamed(text('tier'), 'speech') })
  const direction = TextDirection.safeParse(text('direction') || 'auto')
  if (!direction.success) throw new RowError('direction', 'wrong-value', 'direction is auto, ltr, rtl or vertical.')
  const order = Number(row['order'] === undefined || row['order'] === '' ? item.annotations.length : row['order'].replace(',', '.'))
  const annotation = textAnnotation(to, Number.isFinite(order) ? order : item.annotations.length, geometry, {
    label, text: text('text') || null, direction: direction.data, language: text('language') || null,
    group: text('group') === '' ? null : `${path}\n${text('group')}`, flags: flagsOf(text('flags')), attributes: attributesOf(text('attributes')), draft: /^(?:yes|true|1)$/iu.test(row['draft'] ?? ''),
    sourceId: text('id') || null, extra: text('author') === '' ? {} : { author: text('author') },
  })
  if (label !== null) to.label(label)
  item.annotations.push(annotation)
  if (text('id') !== '') ids.set(`${path}\n${text('id')}`, annotation)
  if (text('word_of') !== '') relations.push({ from: annotation, to: text('word_of'), item: path })
}

function flagsOf(text: string): AnnotationFlag[] {
  return text.split(/[\s,;]+/u).filter((name) => name !== '').map((name) => {
    const flag = AnnotationFlag.safeParse(name)
    if (!flag.success) throw new RowError('flags', 'wrong-value', `${JSON.stringify(name.slice(0, 40))} is no flag; they are ${AnnotationFlag.options.join(', ')}.`)
    return flag.data
  })
}

function attributesOf(text: string): AttributeValues {
  if (text.trim() === '') return {}
  const outcome = parseJson(text)
  const values = AttributeValues.safeParse(outcome.ok ? outcome.value : null)
  if (!values.success) throw new RowError('attributes', 'not-json', 'attributes must be a JSON object of texts, numbers, true and false.')
  return values.data
}
