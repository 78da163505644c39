import type { FormatInput, Parsed } from '../format.ts'
import { clockToMilliseconds } from '../timed/clock.ts'
import { hasEnding, linesOf, readEach, segmentOf, stemOf, type Collector } from '../timed/reading.ts'
import { withoutTags } from './markup.ts'

export const defaultTier = 'cues'
const timing = /^\s*([\d:.,]+)\s*-->\s*([\d:.,]+)(?:\s+(.*?))?\s*$/u

/**
 * SubRip: number, timing, lines, empty line. There is no standard; read as players do: a missing number is no error,
 * a decimal point does for the comma, and an empty line inside a text does not end it unless a new cue follows.
 */
export const readSrt = (input: FormatInput): Promise<Parsed> => readEach(input, 'srt', (path) => hasEnding(path, '.srt'), readFile)

interface Cue { readonly number: string | null; readonly line: number; readonly timing: string; readonly text: string[] }

function cuesOf(lines: readonly string[], to: Collector): Cue[] {
  const cues: Cue[] = []
  let stray = false
  for (const [index, line] of lines.entries()) {
    const cue = cues.at(-1)
    if (!line.includes('-->') || !/\d/u.test(line)) {
      if (cue) cue.text.push(line)
      else if (line.trim() !== '' && !/^\s*\d+\s*$/u.test(line) && !stray) {
        stray = true
        to.fail(`line ${index + 1}`, 'not-a-cue', `${JSON.stringify(line.slice(0, 60))} stands before the first cue.`)
      }
      continue
    }
    // The number of this cue stands at the end of what looked like the last one's text.
    const before = cue ? cue.text.at(-1) : lines[index - 1]
    const number = before !== undefined && /^\s*\d{1,9}\s*$/u.test(before) && (index === 1 || !cue || (lines[index - 2] ?? '').trim() === '' || cue.text.length === 1) ? before.trim() : null
    if (number !== null) cue?.text.pop()
    cues.push({ number, line: index + 1, timing: line, text: [] })
  }
  return cues
}

function readFile(text: string, to: Collector): void {
  const item = to.item(stemOf(to.file), false)
  for (const cue of cuesOf(linesOf(text), to)) {
    const place = `line ${cue.line}`
    const match = timing.exec(cue.timing)
    const [start, end] = [clockToMilliseconds(match?.[1] ?? ''), clockToMilliseconds(match?.[2] ?? '')]
    if (start === null || end === null) {
      to.fail(place, 'not-a-time', `${JSON.stringify(cue.timing.slice(0, 60))} is no timing like 00:00:01,000 --> 00:00:02,000.`)
      continue
    }
    if (end < start) {
      to.fail(place, 'ends-before-start', `the cue ends before it starts (${match![1]} --> ${match![2]}).`)
      continue
    }
    const payload = cue.text.join('\n').replace(/^\n+|\n+$/gu, '')
    const words = withoutTags(payload)
    const settings = match![3] ?? ''
    item.annotations.push(segmentOf(to, item.annotations.length, defaultTier, { start, end, rate: 1000 }, {
      text: words, sourceId: cue.number, extra: { ...(settings === '' ? {} : { settings }), ...(words === payload ? {} : { payload }) },
    }))
  }
}
