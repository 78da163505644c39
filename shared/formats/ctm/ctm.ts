import type { Format, FormatInput, Parsed, Serialized, Snapshot, WrittenSegment } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { rateOf, ticksOf } from '../timed/decimal.ts'
import { hasEnding, readEach, segmentOf, tierNamed, type Collector } from '../timed/reading.ts'
import { recordings, serialized, textIn, writtenAs, writtenSeconds, type Recording, type Utterance } from '../timed/recordings.ts'
import { column, rowsOf } from '../timed/table.ts'

/**
 * NIST's time-marked conversation (SCTK, infmts: ctm): `file channel begin duration word [confidence] [type] [speaker]`.
 * A word a segment; the tier is the channel.
 */
function readFile(text: string, to: Collector): void {
  const comments: string[] = []
  const rows = rowsOf(text, (line) => comments.push(line))
  const rate = rateOf(rows.flatMap(({ columns }) => columns.slice(2, 4)))
  let block = 0
  let branch = 0
  for (const { place, columns } of rows) {
    const [file, channel, begin, duration, word, confidence, type, speaker] = columns
    if (word === undefined || columns.length > 8) {
      to.fail(place, 'wrong-columns', `${columns.length} columns; a word has five to eight: file, channel, begin, duration, word, confidence, type, speaker.`)
      continue
    }
    if (/^<ALT(?:_BEGIN|_END)?>$/u.test(word)) {
      branch = word === '<ALT>' ? branch + 1 : word === '<ALT_BEGIN>' ? 1 : 0
      if (word === '<ALT_BEGIN>') block++
      if (word === '<ALT_BEGIN>') to.note(place, 'alternatives', 'the words of every alternative were read; an export cannot keep them apart.')
      continue
    }
    // `@` says that an alternative has no word.
    if (word === '@' && (begin === '*' || duration === '*')) continue
    const [start, length] = [ticksOf(begin!, rate), ticksOf(duration!, rate)]
    if (!start.ok || !length.ok) {
      to.fail(place, start.ok ? (length.ok ? '' : length.code) : start.code, `${begin} and ${duration} are no begin and duration in seconds.`)
      continue
    }
    const item = to.item(file!, false)
    item.annotations.push(segmentOf(to, item.annotations.length, tierNamed(channel!, '1'), { start: start.ticks, end: start.ticks + length.ticks, rate }, {
      text: word,
      extra: {
        ...(branch === 0 ? {} : { alternative: `${block}.${branch}` }), ...(confidence === undefined ? {} : { confidence }), ...(type === undefined ? {} : { type }), ...(speaker === undefined ? {} : { speaker }),
        ...(start.exact && length.exact ? {} : { begin: begin!, duration: duration! }),
      },
    }))
  }
  if (comments.length > 0) to.extra({ comments })
}

const parse = (input: FormatInput): Promise<Parsed> => readEach(input, 'ctm', (path) => hasEnding(path, '.ctm'), readFile)

function rowOf(utterance: Utterance, recording: Recording, losses: LossLog): string | null {
  const { annotation, geometry, tier, label, extra } = utterance
  const lose = (code: string) => losses.annotation(code, recording.asset, annotation, label)
  const word = annotation.text ?? ''
  // Times of the single words are not known, and none are invented.
  if (word === '' || /[\s\p{Cc}]/u.test(word) || word.startsWith(';;')) {
    lose('not-a-word')
    return null
  }
  const start = writtenSeconds(utterance, geometry.start, 'begin', 2, recording, losses)
  const length = writtenSeconds(utterance, geometry.end - geometry.start, 'duration', 2, recording, losses)
  if (extra['alternative'] !== undefined) lose('alternative-lost')
  const channel = column(tier, '1')
  if (channel !== tier) lose('tier-renamed')
  const optional = [textIn(extra, 'confidence'), textIn(extra, 'type'), textIn(extra, 'speaker')]
  const last = optional.findLastIndex((value) => value !== null)
  const tail = optional.slice(0, last + 1).map((value) => ` ${value ?? '<NA>'}`).join('')
  return `${column(recording.stem, 'recording')} ${channel} ${start} ${length} ${word.toWellFormed()}${tail}\n`
}

function serialize(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'ctm', losses, { tier: true, label: false, columns: true })
  const rows: string[] = []
  const written = new Map<Recording, WrittenSegment[]>()
  for (const recording of all) {
    const segments: WrittenSegment[] = []
    for (const utterance of recording.utterances) {
      const row = rowOf(utterance, recording, losses)
      if (row === null) continue
      rows.push(row)
      segments.push(writtenAs(utterance))
    }
    written.set(recording, segments)
  }
  return serialized(all, [{ path: 'words.ctm', content: rows.join('') }], losses, written)
}

export const ctm: Format = {
  id: 'ctm',
  name: 'NIST CTM (words with times)',
  reads: true,
  writes: true,
  kinds: ['segment'],
  detect: async (input) => (input.files.some((path) => hasEnding(path, '.ctm')) ? 0.9 : 0),
  parse,
  serialize,
}
