import type { Format, FormatInput, Parsed, Serialized, Snapshot } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { rateOf } from '../timed/decimal.ts'
import { hasEnding, readEach, segmentOf, tierNamed, timesOf, type Collector } from '../timed/reading.ts'
import { allWritten, oneLine, recordings, serialized, textIn, writtenSeconds, type Recording, type Utterance } from '../timed/recordings.ts'
import { column, rowsOf } from '../timed/table.ts'

/** A segment that scoring leaves out; it has no text. */
const ignored = 'IGNORE_TIME_SEGMENT_IN_SCORING'

/**
 * NIST's segment time marks (SCTK, infmts: stm): `file channel speaker begin end [<labels>] text`. The tier is the
 * speaker; the channel and the labels of the subset stay with the segment.
 */
function readFile(text: string, to: Collector): void {
  const comments: string[] = []
  const rows = rowsOf(text, (line) => comments.push(line))
  const rate = rateOf(rows.flatMap(({ columns }) => columns.slice(3, 5)))
  for (const { place, columns, rest } of rows) {
    const [file, channel, speaker, begin, end, sixth] = columns
    if (end === undefined) {
      to.fail(place, 'wrong-columns', `${columns.length} columns; a segment has file, channel, speaker, begin, end and text.`)
      continue
    }
    const times = timesOf(begin!, end, rate, place, to)
    if (times === null) continue
    const labels = sixth !== undefined && /^<.*>$/u.test(sixth) ? sixth : null
    const words = rest(labels === null ? 5 : 6)
    const item = to.item(file!, false)
    item.annotations.push(segmentOf(to, item.annotations.length, tierNamed(speaker!, 'speaker'), times, {
      text: words === ignored ? null : words,
      extra: { channel: channel!, ...(labels === null ? {} : { labels }), ...(words === ignored ? { ignored: true } : {}), ...times.literal },
    }))
  }
  if (comments.length > 0) to.extra({ comments })
}

const parse = (input: FormatInput): Promise<Parsed> => readEach(input, 'stm', (path) => hasEnding(path, '.stm'), readFile)

function rowOf(utterance: Utterance, recording: Recording, losses: LossLog): string {
  const { annotation, geometry, tier, label, extra } = utterance
  const lose = (code: string) => losses.annotation(code, recording.asset, annotation, label)
  const start = writtenSeconds(utterance, geometry.start, 'start', 2, recording, losses)
  const end = writtenSeconds(utterance, geometry.end, 'end', 2, recording, losses)
  const speaker = column(tier, 'speaker')
  if (speaker !== tier) lose('tier-renamed')
  const labels = textIn(extra, 'labels')
  let words = oneLine(annotation.text ?? '').trim()
  if (words !== (annotation.text ?? '')) lose('text-changed')
  // Text that begins like labels of a subset needs labels before it.
  const subset = labels ?? (/^<\S*>(?:\s|$)/u.test(words) ? '<>' : null)
  if (annotation.text === null && extra['ignored'] === true) words = ignored
  return [column(recording.stem, 'recording'), textIn(extra, 'channel') ?? '1', speaker, start, end, subset ?? '', words].filter((part) => part !== '').join(' ')
}

function serialize(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'stm', losses, { tier: true, label: false, columns: true })
  const rows = all.flatMap((recording) => recording.utterances.map((utterance) => `${rowOf(utterance, recording, losses)}\n`))
  return serialized(all, [{ path: 'segments.stm', content: rows.join('') }], losses, allWritten(all))
}

export const stm: Format = {
  id: 'stm',
  name: 'NIST STM (segments with speakers)',
  reads: true,
  writes: true,
  kinds: ['segment'],
  detect: async (input) => (input.files.some((path) => hasEnding(path, '.stm')) ? 0.9 : 0),
  parse,
  serialize,
}
