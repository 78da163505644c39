import type { Format, FormatInput, Json, Parsed, Serialized, Snapshot } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { rateOf, ticksOf } from '../timed/decimal.ts'
import { hasEnding, readEach, segmentOf, tierNamed, type Collector } from '../timed/reading.ts'
import { allWritten, recordings, serialized, textIn, writtenSeconds, type Recording, type Utterance } from '../timed/recordings.ts'
import { column, rowsOf } from '../timed/table.ts'

const none = '<NA>'
const optional = (value: string | undefined, key: string): Record<string, Json> => (value === undefined || value === none ? {} : { [key]: value })

/**
 * Rich transcription time marks (NIST RT-09 evaluation plan, appendix A): `type file channel begin duration ortho
 * subtype speaker confidence [lookahead]`. The type is the label, the speaker the tier.
 */
function readFile(text: string, to: Collector): void {
  const others: string[] = []
  const rows = rowsOf(text, (line) => others.push(line))
  const rate = rateOf(rows.flatMap(({ columns }) => columns.slice(3, 5)))
  for (const { place, line, columns } of rows) {
    const [type, file, channel, begin, duration, ortho, subtype, speaker, confidence, lookahead] = columns
    if (columns.length < 8 || columns.length > 10) {
      to.fail(place, 'wrong-columns', `${columns.length} columns; RTTM has nine or ten.`)
      continue
    }
    // SPKR-INFO says who a speaker is, and has no time.
    if (type === 'SPKR-INFO' && begin === none) {
      others.push(line)
      continue
    }
    const [start, length] = [ticksOf(begin!, rate), ticksOf(duration === none ? '0' : duration!, rate)]
    if (!start.ok || !length.ok) {
      to.fail(place, start.ok ? (length.ok ? '' : length.code) : start.code, `${begin} and ${duration} are no begin and duration in seconds.`)
      continue
    }
    to.label(type!)
    const item = to.item(file!, false)
    item.annotations.push(segmentOf(to, item.annotations.length, tierNamed(speaker === none ? type! : speaker!, 'speaker'), { start: start.ticks, end: start.ticks + length.ticks, rate }, {
      label: type!, text: ortho === none ? null : ortho!,
      extra: {
        channel: channel!, ...optional(subtype, 'subtype'), ...optional(confidence, 'confidence'), ...optional(lookahead, 'lookahead'),
        ...(speaker === none ? { speaker: none } : {}), ...(duration === none ? { duration: none } : {}),
        ...(start.exact && length.exact ? {} : { begin: begin!, duration: duration! }),
      },
    }))
  }
  if (others.length > 0) to.extra({ others })
}

const parse = (input: FormatInput): Promise<Parsed> => readEach(input, 'rttm', (path) => hasEnding(path, '.rttm'), readFile)

function rowOf(utterance: Utterance, recording: Recording, losses: LossLog): string {
  const { annotation, geometry, tier, label, extra } = utterance
  const lose = (code: string) => losses.annotation(code, recording.asset, annotation, label)
  const start = writtenSeconds(utterance, geometry.start, 'begin', 3, recording, losses)
  const length = writtenSeconds(utterance, geometry.end - geometry.start, 'duration', 3, recording, losses)
  const type = column(label ?? 'SPEAKER', 'SPEAKER')
  const nobody = textIn(extra, 'speaker') === none && tier === label
  const speaker = nobody ? none : column(tier, none)
  if ((!nobody && speaker !== tier) || (label !== null && type !== label)) lose('name-changed')
  // A column is one word: only types of words (LEXEME, NON-LEX …) have one.
  const ortho = column(annotation.text ?? '', none)
  if (ortho !== (annotation.text ?? none)) lose('text-changed')
  const duration = textIn(extra, 'duration') === none && geometry.start === geometry.end ? none : length
  return [
    type, column(recording.stem, 'recording'), textIn(extra, 'channel') ?? '1', start, duration, ortho, textIn(extra, 'subtype') ?? none, speaker,
    textIn(extra, 'confidence') ?? none, textIn(extra, 'lookahead') ?? none,
  ].join(' ')
}

function serialize(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'rttm', losses, { tier: true, label: true, columns: true })
  const rows = all.flatMap((recording) => recording.utterances.map((utterance) => `${rowOf(utterance, recording, losses)}\n`))
  return serialized(all, [{ path: 'speakers.rttm', content: rows.join('') }], losses, allWritten(all, false))
}

export const rttm: Format = {
  id: 'rttm',
  name: 'NIST RTTM (who speaks when)',
  reads: true,
  writes: true,
  kinds: ['segment'],
  detect: async (input) => (input.files.some((path) => hasEnding(path, '.rttm')) ? 0.9 : 0),
  parse,
  serialize,
}
