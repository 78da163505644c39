import type { Serialized, Snapshot, WrittenFile, WrittenSegment } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { oneLine, type Recording, recordings, serialized, textIn, type Utterance, writtenAs, writtenSeconds } from '../timed/recordings.ts'
import { column } from '../timed/table.ts'

interface Row { readonly recording: Recording; readonly utterance: Utterance | null; readonly speaker: string; readonly text: string; readonly times: string; readonly wanted: string }

/** The order of `LC_ALL=C sort`: bytes of UTF-8, which is the order of code points. */
export function byBytes(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const isWav = (recording: Recording) => /\.wav$/iu.test(recording.name)

/**
 * A data directory for each split, as utils/validate_data_dir.sh wants it: sorted by bytes, utterances named after their
 * speakers, only recordings that have utterances. Paths in wav.scp begin at the export's folder.
 */
export function writeKaldi(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'kaldi', losses, { tier: true, label: false, columns: true, whole: true })
  const splits = new Map(snapshot.items.map(({ asset, split }) => [asset.id, split]))
  const written = new Map<Recording, WrittenSegment[]>()
  const texts = new Map<string, string[]>()
  const files: WrittenFile[] = []
  let annotations = 0
  for (const recording of all) if (!isWav(recording)) losses.add('recording-format', 'audio', `${recording.name} · Kaldi reads WAV alone; say in wav.scp how to turn it into WAV`)
  for (const [split, members] of [...Map.groupBy(all, ({ asset }) => splits.get(asset.id) ?? null)].sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))) {
    const segmented = members.some(({ utterances }) => utterances.length > 0)
    const ids = recordingIds(members, split)
    const rows = members.flatMap((recording) => rowsOf(recording, ids.get(recording)!, segmented, losses))
    for (const { recording, utterance, text } of rows) {
      if (utterance === null) texts.set(recording.name, [text])
      else {
        const segments = written.get(recording) ?? []
        segments.push(writtenAs(utterance, utterance.annotation.text === text))
        written.set(recording, segments)
      }
    }
    annotations += rows.length
    files.push(...tablesOf(named(rows, losses), ids, split === null ? '' : `${split}/`, segmented))
  }
  return { ...serialized(all, files.length > 0 ? files : [{ path: 'wav.scp', content: '' }], losses, written), annotations, texts }
}

function recordingIds(members: readonly Recording[], split: string | null): Map<Recording, string> {
  const taken = new Set<string>()
  return new Map(members.map((recording) => {
    const stem = column(idBefore(recording) ?? recording.stem.slice(split === null ? 0 : split.length + 1).replaceAll('/', '_'), 'recording')
    let id = stem
    for (let number = 2; taken.has(id); number++) id = `${stem}_${number}`
    taken.add(id)
    return [recording, id]
  }))
}

/** The name that the recording had in the data directory that it came from. */
function idBefore({ utterances, whole }: Recording): string | null {
  const names = new Set(utterances.map(({ extra }) => textIn(extra, 'recording')))
  if (utterances.length > 0) return names.size === 1 ? [...names][0]! : null
  const { provenance } = whole[0] ?? { provenance: null }
  const origin = provenance?.by === 'human' ? provenance.origin : provenance
  return origin?.by === 'import' && origin.format === 'kaldi' ? origin.sourceId : null
}

function rowsOf(recording: Recording, id: string, segmented: boolean, losses: LossLog): Row[] {
  const rows: Row[] = []
  const [whole, ...more] = recording.whole
  for (const each of segmented ? recording.whole : more) losses.annotation('kind-not-held', recording.asset, each, null)
  if (!segmented && whole !== undefined) {
    const speaker = column(String(recording.asset.metadata['speaker'] ?? ''), id)
    rows.push({ recording, utterance: null, speaker, text: spoken(whole, recording, losses), times: '', wanted: id })
  }
  if (!segmented && whole === undefined) losses.add('no-text', 'audio', recording.asset.name)
  for (const utterance of recording.utterances) {
    const { annotation, geometry, tier, label, sourceId, extra } = utterance
    const lose = (code: string) => losses.annotation(code, recording.asset, annotation, label)
    if (geometry.start === geometry.end) {
      lose('point-lost')
      continue
    }
    const speaker = column(tier, 'speaker')
    const start = writtenSeconds(utterance, geometry.start, 'start', 2, recording, losses)
    const end = writtenSeconds(utterance, geometry.end, 'end', 2, recording, losses)
    if (extra['channel'] !== undefined) lose('channel-lost')
    if (annotation.text === null) lose('empty-text')
    const place = (ticks: number) => String(Math.round((ticks / geometry.rate) * 1000)).padStart(9, '0')
    const wanted = sourceId !== null && sourceId === column(sourceId, '') ? sourceId : `${id}-${place(geometry.start)}-${place(geometry.end)}`
    rows.push({ recording, utterance, speaker, text: spoken(annotation, recording, losses), times: `${start} ${end}`, wanted })
    if (speaker !== tier) lose('tier-renamed')
    if (textIn(extra, 'recording') !== null && textIn(extra, 'recording') !== id) losses.add('name-changed', 'recording', `${textIn(extra, 'recording')} → ${id}`)
  }
  return rows
}

/** validate_data_dir.sh refuses these as words. */
const illegal = /(?<=^|\W)(?:<s>|<\/s>|#0)(?=\W|$)/gu

function spoken(annotation: Recording['whole'][number], recording: Recording, losses: LossLog): string {
  const text = oneLine(annotation.text ?? '').trim().replaceAll(/[^\S ]/gu, ' ').replaceAll(illegal, (word) => word.replaceAll(/[<>#]/gu, '_'))
  if (text !== (annotation.text ?? '')) losses.annotation('text-changed', recording.asset, annotation, null)
  return text
}

interface Named extends Row { readonly id: string }

/** Every utterance's name, distinct; the same order whether sorted by names or by speakers first. */
function named(rows: readonly Row[], losses: LossLog): Named[] {
  const first = withIds(rows, (row) => row.wanted.startsWith(row.speaker) ? row.wanted : `${row.speaker}-${row.wanted}`)
  if (inSpeakerOrder(first)) return first
  // A speaker whose name begins with another's and goes on with what sorts before "-" stands in the other's middle.
  const plain = rows.map((row) => ({ ...row, speaker: row.speaker.replaceAll(/[!-/]/gu, '_') }))
  for (const { speaker, recording, utterance } of rows) {
    if (/[!-/]/u.test(speaker) && utterance !== null) losses.annotation('tier-renamed', recording.asset, utterance.annotation, null)
  }
  return withIds(plain, (row) => `${row.speaker}-${row.wanted}`)
}

function withIds(rows: readonly Row[], idOf: (row: Row) => string): Named[] {
  const taken = new Set<string>()
  return rows.map((row) => {
    const wanted = idOf(row)
    let id = wanted
    for (let number = 2; taken.has(id); number++) id = `${wanted}-${number}`
    taken.add(id)
    return { ...row, id }
  }).sort((a, b) => byBytes(a.id, b.id))
}

const inSpeakerOrder = (rows: readonly Named[]) => rows.every((row, index) => index === 0 || byBytes(rows[index - 1]!.speaker, row.speaker) <= 0)

function tablesOf(rows: readonly Named[], recordingId: ReadonlyMap<Recording, string>, folder: string, segmented: boolean): WrittenFile[] {
  const used = [...new Set(rows.map(({ recording }) => recording))]
  const wavs = segmented
    ? used.map((recording) => [recordingId.get(recording)!, recording.name] as const).sort(([a], [b]) => byBytes(a, b))
    : rows.map(({ id, recording }) => [id, recording.name] as const)
  const speakers = [...Map.groupBy(rows, ({ speaker }) => speaker)].sort(([a], [b]) => byBytes(a, b))
  const file = (name: string, lines: readonly string[]): WrittenFile => ({ path: folder + name, content: lines.map((line) => `${line}\n`).join('') })
  return [
    file('wav.scp', wavs.map(([id, path]) => `${id} ${path}`)),
    ...(segmented ? [file('segments', rows.map(({ id, recording, times }) => `${id} ${recordingId.get(recording)} ${times}`))] : []),
    file('text', rows.map(({ id, text }) => `${id} ${text}`.trimEnd())),
    file('utt2spk', rows.map(({ id, speaker }) => `${id} ${speaker}`)),
    file('spk2utt', speakers.map(([speaker, members]) => `${speaker} ${members.map(({ id }) => id).join(' ')}`)),
  ]
}
