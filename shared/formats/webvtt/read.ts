import type { FormatInput, Json, Parsed, ParsedItem } from '../format.ts'
import { clockToMilliseconds } from '../timed/clock.ts'
import { hasEnding, readEach, segmentOf, stemOf, tierNamed, type Collector } from '../timed/reading.ts'
import { escapeText, plainText, voiceOf, withVoice } from './cueText.ts'

export const defaultTier = 'cues'
// After the second time anything is settings (6.3, "collect a WebVTT timestamp"): three digits end it.
const time = '((?:\\d+:)?\\d{2}:\\d{2}\\.\\d{3})(?!\\d)'
const timing = new RegExp(`^[ \\t\\f]*${time}[ \\t\\f]*-->[ \\t\\f]*${time}(.*)$`, 'u')

/** WebVTT (W3C, 4.1 and 6.1): cues, their identifiers and settings; notes, styles and regions stand in `extra`. */
export const readWebvtt = (input: FormatInput): Promise<Parsed> => readEach(input, 'webvtt', (path) => hasEnding(path, '.vtt'), readFile)

interface Block { readonly line: number; readonly lines: string[] }

/** Blocks end at an empty line, and where a line with an arrow begins the next cue. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  let block: Block | null = null
  for (const [index, line] of lines.entries()) {
    if (line === '') block = null
    else {
      const begins: boolean = block === null || (line.includes('-->') && block.lines.some((before) => before.includes('-->')))
      if (begins) blocks.push((block = { line: index + 1, lines: [] }))
      block!.lines.push(line)
    }
  }
  return blocks
}

function readFile(text: string, to: Collector): void {
  const lines = text.replaceAll('\0', '\uFFFD').split(/\r\n|\n|\r/u)
  if (!/^WEBVTT(?:[ \t]|$)/u.test(lines[0] ?? '')) {
    to.fail('line 1', 'not-webvtt', 'the file does not begin with WEBVTT.')
    return
  }
  const [header, ...blocks] = blocksOf(lines)
  // A cue may follow the first line without an empty one (6.1, step 11).
  const arrow = header!.lines.findIndex((line) => line.includes('-->'))
  if (arrow > 0) blocks.unshift({ line: header!.line + arrow, lines: header!.lines.splice(arrow) })
  const language = /^Language:[ \t]*([\w-]{1,80})/mu.exec(header!.lines.join('\n'))?.[1] ?? null
  const item = to.item(stemOf(to.file), false)
  const others: string[] = []
  for (const block of blocks) {
    if (block.lines.some((line) => line.includes('-->'))) readCue(block, item, language, to)
    else others.push(block.lines.join('\n'))
  }
  const rest: Record<string, Json> = { ...(header!.lines.length > 1 || header!.lines[0] !== 'WEBVTT' ? { header: header!.lines.join('\n') } : {}), ...(others.length > 0 ? { blocks: others } : {}) }
  if (Object.keys(rest).length > 0) to.extra(rest)
}

function readCue({ line, lines }: Block, item: ParsedItem, language: string | null, to: Collector): void {
  const arrow = lines.findIndex((each) => each.includes('-->'))
  const place = `line ${line + arrow}`
  const match = timing.exec(lines[arrow]!)
  const [start, end] = [clockToMilliseconds(match?.[1] ?? ''), clockToMilliseconds(match?.[2] ?? '')]
  if (arrow > 1 || start === null || end === null) return to.fail(place, 'not-a-time', `${JSON.stringify(lines[arrow]!.slice(0, 60))} is no cue timing like 00:00:01.000 --> 00:00:02.000.`)
  if (end < start) return to.fail(place, 'ends-before-start', `the cue ends before it starts (${match![1]} --> ${match![2]}).`)
  const payload = lines.slice(arrow + 1).join('\n')
  const voice = voiceOf(payload)
  const text = plainText(payload)
  const settings = match![3]?.trim() ?? ''
  const plain = voice === null ? escapeText(text) : withVoice(voice, escapeText(text))
  item.annotations.push(segmentOf(to, item.annotations.length, tierNamed(voice ?? '', defaultTier), { start, end, rate: 1000 }, {
    text, language, sourceId: arrow === 1 ? lines[0]! : null,
    extra: { ...(settings === '' ? {} : { settings }), ...(plain === payload ? {} : { payload }) },
  }))
}
