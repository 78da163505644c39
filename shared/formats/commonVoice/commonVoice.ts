import type { Format, FormatInput, Parsed, Serialized, Snapshot } from '../format.ts'
import { baseName, textAnnotation } from '../lines/lines.ts'
import { LossLog } from '../lossLog.ts'
import { linesOf, readEach, type Collector } from '../timed/reading.ts'
import { utterances, type Utterance } from '../timed/clips.ts'

/** The columns of a release; `optional` came with release 17. */
const columns = ['client_id', 'path', 'sentence_id', 'sentence', 'sentence_domain', 'up_votes', 'down_votes', 'age', 'gender', 'accents', 'variant', 'locale', 'segment'] as const
const optional = new Set<string>(['sentence_id', 'sentence_domain', 'variant'])
const counts = new Set(['up_votes', 'down_votes'])
const isTable = (path: string) => /\.tsv$/iu.test(path)
const nameOf = (file: string) => /([^/]+)\.tsv$/iu.exec(file)![1]!.toLowerCase()

/**
 * Mozilla Common Voice: `validated.tsv`, `train.tsv` … beside `clips/`. Nothing is quoted or escaped: CorporaCreator reads
 * with no quote character and writes with quote_style "never", so a quote is a character of the sentence.
 */
function readFile(text: string, to: Collector): void {
  const [header, ...rows] = linesOf(text.replace(/^\uFEFF/u, ''))
  const names = (header ?? '').split('\t')
  // Beside the clips' tables stand others: of durations, of reported sentences.
  if (!names.includes('path') || !names.includes('sentence')) return
  const folder = to.file.slice(0, to.file.lastIndexOf('/') + 1)
  const bucket = nameOf(to.file)
  for (const [index, line] of rows.entries()) {
    if (line === '') continue
    const place = `line ${index + 2}`
    const cells = line.split('\t')
    if (cells.length !== names.length) {
      to.fail(place, 'wrong-columns', `there are ${cells.length} cells under ${names.length} columns.`)
      continue
    }
    const row = Object.fromEntries(names.map((name, at) => [name, cells[at]!]))
    if (row['path'] === '' || row['path'] === undefined) to.fail(place, 'missing-field', 'there is no path.')
    else readRow(row, `${folder}clips/${row['path']}`, bucket, place, to)
  }
}

function readRow(row: Readonly<Record<string, string>>, path: string, bucket: string, place: string, to: Collector): void {
  const item = to.item(path, true)
  item.source.place ||= place
  if (['train', 'dev', 'test'].includes(bucket)) item.split = bucket
  else item.metadata['bucket'] ??= bucket
  for (const [name, value] of Object.entries(row)) {
    if (name === 'path' || name === 'sentence' || name === '' || value === '') continue
    item.metadata[name.slice(0, 200)] = counts.has(name) && /^\d{1,9}$/u.test(value) ? Number(value) : value
  }
  // validated.tsv holds what train, dev and test hold.
  if (item.annotations.some(({ text }) => text === row['sentence'])) return
  item.annotations.push(textAnnotation(to, item.annotations.length, { kind: 'item' }, { text: row['sentence']!, language: row['locale'] || null }))
}

const parse = (input: FormatInput): Promise<Parsed> => readEach(input, 'common-voice', isTable, readFile)

const fileOf = ({ split, asset }: Utterance) => `${split ?? (typeof asset.metadata['bucket'] === 'string' && /^[a-z]+$/u.test(asset.metadata['bucket']) ? asset.metadata['bucket'] : 'validated')}.tsv`

function cellOf(column: (typeof columns)[number], { path, text, asset, annotation, segment }: Utterance): string {
  const kept = asset.metadata[column]
  switch (column) {
    case 'path': return path.slice('clips/'.length)
    case 'sentence': return text
    case 'client_id': return cell(kept ?? segment?.tier ?? asset.metadata['speaker'] ?? '')
    case 'locale': return cell(annotation.language ?? kept ?? '')
    case 'up_votes': case 'down_votes': return cell(kept ?? 0)
    default: return cell(kept ?? '')
  }
}

const cell = (value: string | number | boolean): string => String(value).toWellFormed().replaceAll(/[\t\r\n]+/gu, ' ')

function serialize(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const { rows, media, clips, texts } = utterances(snapshot, 'common-voice', losses, (_, name) => `clips/${baseName(name)}`)
  for (const { segment, asset, annotation } of rows) if (segment !== null) losses.annotation('times-lost', asset, annotation, null)
  const files = [...Map.groupBy(rows, fileOf)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, members]) => {
    const used = columns.filter((column) => !optional.has(column) || members.some(({ asset }) => asset.metadata[column] !== undefined))
    return { path, content: [used.join('\t'), ...members.map((row) => used.map((column) => cellOf(column, row)).join('\t'))].map((line) => `${line}\n`).join('') }
  })
  const known = new Set<string>([...columns, 'bucket', 'split', 'speaker'])
  for (const { asset } of rows) if (Object.keys(asset.metadata).some((name) => !known.has(name))) losses.add('metadata-dropped', 'audio', asset.name)
  return {
    files: files.length > 0 ? files : [{ path: 'validated.tsv', content: `${columns.filter((column) => !optional.has(column)).join('\t')}\n` }],
    media, clips, texts, losses: losses.list, annotations: rows.length, proof: new Map(), segments: new Map(),
  }
}

export const commonVoice: Format = {
  id: 'common-voice',
  name: 'Mozilla Common Voice (TSV and clips)',
  reads: true,
  writes: true,
  kinds: ['item'],
  async detect(input) {
    for (const file of input.files.filter(isTable)) {
      const names = String.fromCharCode(...(await input.readHead(file, 2000))).split(/[\r\n]/u, 1)[0]!.split('\t')
      if (names.includes('sentence') && names.some((name) => name.endsWith('path')) && names.some((name) => name.endsWith('client_id'))) return 0.95
    }
    return 0
  },
  parse,
  serialize,
}
