import type { Format, FormatInput, Parsed, Serialized, Snapshot } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { decodeText } from '../timed/decode.ts'
import { rateOf } from '../timed/decimal.ts'
import { hasEnding, linesOf, readEach, segmentOf, stemOf, timesOf, type Collector } from '../timed/reading.ts'
import { allWritten, oneLine, recordings, serialized, textIn, writtenSeconds, type Recording } from '../timed/recordings.ts'

const tier = 'labels'
const row = /^\s*(-?[\d.,eE+-]+)\t(-?[\d.,eE+-]+)(?:\t(.*))?$/u
const frequencies = /^\\\t/u

/** A file is ours when its first line is a label: `1.500000⇥2.000000⇥text`. Other text files stand beside recordings too. */
async function looksLikeLabels(input: FormatInput, path: string): Promise<boolean> {
  if (!hasEnding(path, '.txt')) return false
  const first = linesOf(decodeText(await input.readHead(path, 4096)).text).find((line) => line.trim() !== '')
  return first !== undefined && row.test(first)
}

async function labelFiles(input: FormatInput): Promise<Set<string>> {
  const found = new Set<string>()
  for (const path of input.files) if (await looksLikeLabels(input, path)) found.add(path)
  return found
}

function readFile(text: string, to: Collector): void {
  const lines = linesOf(text)
  const rows = lines.map((line) => row.exec(line))
  // Where the system writes a decimal comma, so do some versions.
  const decimals = (value: string | undefined) => (value ?? '').replace(',', '.')
  const rate = rateOf(rows.flatMap((match) => (match ? [decimals(match[1]), decimals(match[2])] : [])))
  const item = to.item(stemOf(to.file), false)
  for (const [index, match] of rows.entries()) {
    const line = lines[index]!
    const place = `line ${index + 1}`
    if (line.trim() === '' || frequencies.test(line)) continue
    if (match === null) {
      to.fail(place, 'not-a-label', `${JSON.stringify(line.slice(0, 60))} is no label: start, end and text, with tabs between them.`)
      continue
    }
    const times = timesOf(decimals(match[1]), decimals(match[2]), rate, place, to)
    if (times === null) continue
    const below = lines[index + 1] ?? ''
    item.annotations.push(segmentOf(to, item.annotations.length, tier, times, {
      text: match[3] ?? '', extra: { ...times.literal, ...(frequencies.test(below) ? { frequencies: below } : {}) },
    }))
  }
}

/** Audacity's label tracks (manual, "Importing and Exporting Labels"), with the frequencies of spectral selections. */
async function parse(input: FormatInput): Promise<Parsed> {
  const ours = await labelFiles(input)
  return readEach(input, 'audacity', (path) => ours.has(path), readFile)
}

function documentOf(recording: Recording, losses: LossLog): string {
  return recording.utterances.map((utterance) => {
    const { annotation, geometry, label, extra } = utterance
    const text = oneLine(annotation.text ?? '')
    if (text !== (annotation.text ?? '')) losses.annotation('text-changed', recording.asset, annotation, label)
    const start = writtenSeconds(utterance, geometry.start, 'start', 6, recording, losses)
    const end = writtenSeconds(utterance, geometry.end, 'end', 6, recording, losses)
    const below = textIn(extra, 'frequencies')
    return `${start}\t${end}\t${text}\n${below === null ? '' : `${below}\n`}`
  }).join('')
}

function serialize(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'audacity', losses, { tier, label: false })
  const files = all.map((recording) => ({ path: `${recording.stem}.txt`, content: documentOf(recording, losses) }))
  return serialized(all, files, losses, allWritten(all))
}

export const audacity: Format = {
  id: 'audacity',
  name: 'Audacity labels',
  reads: true,
  writes: true,
  kinds: ['segment'],
  detect: async (input) => ((await labelFiles(input)).size > 0 ? 0.8 : 0),
  parse,
  serialize,
}
