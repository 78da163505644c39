import type { FormatInput, Parsed, ParsedItem } from '../format.ts'
import { textAnnotation } from '../lines/lines.ts'
import { decodeText } from '../timed/decode.ts'
import { rateOf } from '../timed/decimal.ts'
import { linesOf, readEach, segmentOf, tierNamed, timesOf, type Collector } from '../timed/reading.ts'

const tables = ['wav.scp', 'segments', 'text', 'utt2spk', 'spk2utt'] as const
type Table = (typeof tables)[number]
type Rows = Map<string, { value: string; place: string }>

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/** Every folder that holds `text` or `segments`: its tables are read together. */
export async function readKaldi(input: FormatInput): Promise<Parsed> {
  const files = new Map<string, string>()
  for (const path of input.files) {
    // What cannot be read is told by readEach, which opens it again.
    if (tables.some((table) => table === nameOf(path))) files.set(path, await input.readBytes(path).then((bytes) => decodeText(bytes).text, () => ''))
  }
  const read = (_: string, to: Collector) => readFolder(folderOf(to.file), files, to)
  return readEach(input, 'kaldi', (path) => leads(path, files), read)
}

/** The table through which a folder is read: the first of them that is there. */
function leads(path: string, files: ReadonlyMap<string, string>): boolean {
  return tables.find((table) => files.has(folderOf(path) + table)) === nameOf(path)
}

/** `key value` a line; the value runs to the end of the line. */
function rowsIn(table: Table, folder: string, files: ReadonlyMap<string, string>, to: Collector): Rows {
  const rows: Rows = new Map()
  for (const [index, line] of linesOf(files.get(folder + table) ?? '').entries()) {
    const match = /^\s*(\S+)(?:\s+(.*?))?\s*$/u.exec(line)
    if (match === null) continue
    const place = `${table}, line ${index + 1}`
    if (rows.has(match[1]!)) to.fail(place, 'duplicate-id', `${match[1]} stands in ${table} twice; the first was taken.`)
    else rows.set(match[1]!, { value: match[2] ?? '', place })
  }
  return rows
}

function readFolder(folder: string, files: ReadonlyMap<string, string>, to: Collector): void {
  const [wavs, segments, texts, speakers, members] = tables.map((table) => rowsIn(table, folder, files, to)) as [Rows, Rows, Rows, Rows, Rows]
  // The one says the same as the other; a folder may lack either.
  if (!files.has(`${folder}utt2spk`)) for (const [speaker, { value, place }] of members) for (const id of value.split(/\s+/u)) if (id !== '') speakers.set(id, { value: speaker, place })
  const split = /(?:^|\/)(train|dev|val|test)\/$/iu.exec(folder)?.[1]?.toLowerCase() ?? null
  const refused = new Set<string>()
  for (const [id, { value, place }] of wavs) {
    const why = noFile(value)
    if (why === null) itemOf(id, place)
    else {
      refused.add(id)
      to.fail(place, value.endsWith('|') ? 'pipe' : 'unsupported', `${id} ${why}`)
    }
  }
  function itemOf(recording: string, place: string): ParsedItem {
    const path = wavs.get(recording)?.value
    const item = path === undefined ? to.item(recording, false) : to.item(relative(path), true)
    item.source.place ||= place
    item.split ??= split
    return item
  }
  const speakerOf = (utterance: string) => tierNamed(speakers.get(utterance)?.value ?? '', 'speaker')
  if (files.has(`${folder}segments`)) {
    const columns = [...segments].map(([id, { value, place }]) => ({ id, place, cells: value.split(/\s+/u) }))
    const rate = rateOf(columns.flatMap(({ cells }) => cells.slice(1, 3)))
    for (const { id, place, cells } of columns) {
      const [recording, start, end, channel] = cells
      if (end === undefined || cells.length > 4) to.fail(place, 'wrong-columns', `${cells.length + 1} columns; a segment has an utterance, a recording, a start, an end and perhaps a channel.`)
      else if (refused.has(recording!)) to.fail(place, 'no-recording', `its recording ${recording} is not a file.`)
      else if (Number(end) === -1) to.fail(place, 'not-a-time', 'it ends at -1, "the end of the recording"; write the time.')
      else {
        const times = timesOf(start!, end, rate, place, to)
        if (times === null) continue
        const item = itemOf(recording!, place)
        item.annotations.push(segmentOf(to, item.annotations.length, speakerOf(id), times, {
          text: texts.get(id)?.value ?? null, sourceId: id, extra: { recording: recording!, ...(channel === undefined ? {} : { channel }), ...times.literal },
        }))
      }
    }
  } else {
    for (const [id, { value, place }] of texts) {
      if (refused.has(id)) continue
      const item = itemOf(id, place)
      const speaker = speakers.get(id)?.value
      if (speaker !== undefined && speaker !== '') item.metadata['speaker'] = speaker
      item.annotations.push(textAnnotation(to, item.annotations.length, { kind: 'item' }, { text: value, sourceId: id }))
    }
  }
  const ids = files.has(`${folder}segments`) ? segments : texts
  for (const [id, { place }] of [...(ids === segments ? texts : []), ...speakers]) {
    if (!ids.has(id) && !(ids === texts && wavs.has(id))) to.fail(place, 'unknown-utterance', `there is no utterance ${id} in ${ids === segments ? 'segments' : 'text'}.`)
  }
}

function noFile(value: string): string | null {
  if (value === '') return 'has no file.'
  if (value.endsWith('|')) return `is the output of a command (${value.slice(0, 60)}). Nothing is run here: write the recordings to WAV files and name those.`
  return /^-$|\.ark:\d+(?:\[.*\])?$/u.test(value) ? `is a place in an archive (${value.slice(0, 60)}). Write the recordings to WAV files and name those.` : null
}

/** Paths on another machine are matched by their end. */
const relative = (path: string) => path.replaceAll('\\', '/').replace(/^(?:\.?\/)+/u, '')
