import type { MetadataValue } from '#shared/model/asset.ts'
import type { z } from 'zod'
import { parseCsv } from '../csv/cells.ts'
import type { Format, FormatInput, Json, Parsed, Serialized, Snapshot } from '../format.ts'
import { isObject, parseJson, withoutNotFinite } from '../json.ts'
import { textAnnotation } from '../lines/lines.ts'
import { LossLog } from '../lossLog.ts'
import { secondsText } from '../timed/decimal.ts'
import { linesOf, readEach, type Collector } from '../timed/reading.ts'
import { importedExtra } from '../timed/recordings.ts'
import { utterances, type Utterance } from '../timed/clips.ts'

const isMetadata = (path: string) => /(?:^|\/)metadata\.(?:jsonl|csv)$/iu.test(path)
/** The columns that data sets keep what was said in; the first is the documentation's own. */
const textColumns = ['transcription', 'text', 'sentence', 'transcript', 'normalized_text']
const reserved = new Set(['file_name', 'language', ...textColumns])

type Row = Readonly<Record<string, Json>>

/** Hugging Face's AudioFolder (huggingface.co/docs/datasets/audio_dataset): `metadata.jsonl` or `.csv` beside the files that it names. */
function readFile(text: string, to: Collector): void {
  const folder = to.file.slice(0, to.file.lastIndexOf('/') + 1)
  const split = /(?:^|\/)(train|val|validation|valid|dev|test)\/$/iu.exec(folder)?.[1]?.toLowerCase() ?? null
  for (const { row, place } of /\.csv$/iu.test(to.file) ? csvRows(text, to) : jsonRows(text, to)) {
    const name = row['file_name']
    if (typeof name !== 'string' || name === '') {
      to.fail(place, 'missing-field', 'there is no file_name.')
      continue
    }
    const item = to.item(folder + name.replaceAll('\\', '/').replace(/^\.\//u, ''), true)
    item.source.place ||= place
    item.split ??= split
    const column = textColumns.find((each) => typeof row[each] === 'string')
    const extra: Record<string, Json> = {}
    for (const [key, value] of Object.entries(row)) {
      if (key === column || reserved.has(key) || key === '' || key.length > 200) continue
      if (isScalar(value)) item.metadata[key] = value
      else extra[key] = value
    }
    if (column === undefined) continue
    item.annotations.push(textAnnotation(to, item.annotations.length, { kind: 'item' }, {
      text: row[column] as string, language: typeof row['language'] === 'string' && row['language'] !== '' ? row['language'].slice(0, 80) : null,
      extra: { ...extra, ...(column === 'transcription' ? {} : { column }) },
    }))
  }
}

const isScalar = (value: unknown): value is z.infer<typeof MetadataValue> => value === null || ['string', 'number', 'boolean'].includes(typeof value)

function jsonRows(text: string, to: Collector): { row: Row; place: string }[] {
  return linesOf(text.replace(/^\uFEFF/u, '')).flatMap((line, index) => {
    if (line.trim() === '') return []
    const outcome = parseJson(line)
    const place = `line ${index + 1}`
    if (outcome.ok && isObject(outcome.value)) return [{ row: withoutNotFinite(outcome.value) as Row, place }]
    to.fail(place, 'not-json', outcome.ok ? 'a line must be a JSON object.' : `the line is not JSON (${outcome.message}).`)
    return []
  })
}

function csvRows(text: string, to: Collector): { row: Row; place: string }[] {
  const [header, ...rows] = parseCsv(text, ',')
  return rows.flatMap(({ line, cells }) => {
    const place = `line ${line}`
    if (cells.length === header!.cells.length) return [{ row: Object.fromEntries(header!.cells.map((name, index) => [name.trim(), cells[index]!])), place }]
    to.fail(place, 'wrong-columns', `there are ${cells.length} cells under ${header!.cells.length} columns.`)
    return []
  })
}

const parse = (input: FormatInput): Promise<Parsed> => readEach(input, 'audiofolder', isMetadata, readFile)

function rowOf({ path, text, asset, annotation, segment, split }: Utterance, folder: string): string {
  const columns = Object.fromEntries(Object.entries(asset.metadata).filter(([name]) => !reserved.has(name) && !(name === 'split' && split === null)).sort(([a], [b]) => (a < b ? -1 : 1)))
  const of = segment === null ? {} : {
    recording: asset.name, start: Number(secondsText(segment.geometry.start, segment.geometry.rate).text), end: Number(secondsText(segment.geometry.end, segment.geometry.rate).text), speaker: segment.tier,
  }
  const { column: _, ...more } = importedExtra(annotation, 'audiofolder')
  const language = annotation.language === null ? {} : { language: annotation.language }
  return `${JSON.stringify({ file_name: path.slice(folder.length), transcription: text, ...columns, ...more, ...of, ...language })}\n`
}

/** `metadata.jsonl` (in a folder for each split) with the recordings, and the segments of recordings as clips, in `audio/`. */
function serialize(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const folderOf = (split: string | null) => (split === null ? '' : `${split}/`)
  const { rows, media, clips, texts } = utterances(snapshot, 'audiofolder', losses, (split, name) => `${folderOf(split)}audio/${name}`, (text) => text.toWellFormed())
  const files = [...Map.groupBy(rows, ({ split }) => folderOf(split))].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folder, members]) => ({
    path: `${folder}metadata.jsonl`, content: members.map((row) => rowOf(row, folder)).join(''),
  }))
  return { files: files.length > 0 ? files : [{ path: 'metadata.jsonl', content: '' }], media, clips, texts, losses: losses.list, annotations: rows.length, proof: new Map(), segments: new Map() }
}

export const audiofolder: Format = {
  id: 'audiofolder',
  name: 'Hugging Face AudioFolder (metadata.jsonl and clips)',
  reads: true,
  writes: true,
  kinds: ['item'],
  async detect(input) {
    for (const file of input.files.filter(isMetadata)) if (/"?file_name"?/u.test(String.fromCharCode(...(await input.readHead(file, 2000))))) return 0.9
    return 0
  },
  parse,
  serialize,
}
