import type { TextSpan } from '#shared/model/textSpan.ts'
import type { NormalisationForm } from '#shared/model/writing.ts'

/*
 * Marks of uncertain text as offsets beside the text, never as brackets in it. Offsets count UTF-16 code units and lie
 * between grapheme clusters; spans are kept in order and without overlap.
 */

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' })

export type Spans = readonly TextSpan[]
export interface MarkedText { readonly text: string; readonly spans: Spans }

/** The nearest offset before or at `offset` (after or at, when `up`) that does not cut a grapheme cluster. */
export function snapToCluster(text: string, offset: number, up = false): number {
  if (offset <= 0) return 0
  if (offset >= text.length) return text.length
  const part = clusters.segment(text).containing(offset)
  if (!part || part.index === offset) return offset
  return up ? part.index + part.segment.length : part.index
}

/** The text with some stretch marked, or with the mark taken away where exactly this stretch has it. */
export function toggleMark({ text, spans }: MarkedText, from: number, to: number, kind: TextSpan['kind'], alternative: string | null = null): Spans {
  const start = snapToCluster(text, Math.min(from, to)), end = snapToCluster(text, Math.max(from, to), true)
  if (start === end) return spans
  const known = spans.find((span) => span.start === start && span.end === end && span.kind === kind)
  const others = spans.flatMap((span) => without(span, start, end))
  return known ? others : [...others, { start, end, kind, alternative }].sort((a, b) => a.start - b.start)
}

/** What is left of a span outside of start–end. */
function without(span: TextSpan, start: number, end: number): TextSpan[] {
  if (span.end <= start || span.start >= end) return [span]
  return [{ ...span, end: start }, { ...span, start: end }].filter((part) => part.start < part.end)
}

/**
 * The spans after one edit turned `before` into `after`: what stands before the edit stays, what stands behind it moves,
 * a span that the edit lies in grows or shrinks with it, one whose text is gone goes. Typing at the end of a span is not in it.
 */
export function spansAfterEdit(spans: Spans, before: string, after: string): Spans {
  if (spans.length === 0 || before === after) return spans
  let head = 0
  while (head < before.length && head < after.length && before.charCodeAt(head) === after.charCodeAt(head)) head++
  let tail = 0
  while (tail < before.length - head && tail < after.length - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++
  const cutEnd = before.length - tail
  const move = (offset: number, isEnd: boolean): number => {
    if (offset < head || (isEnd && offset === head)) return offset
    if (offset >= cutEnd) return offset + after.length - before.length
    return isEnd ? head : after.length - tail
  }
  return tidy(after, spans.map((span) => ({ ...span, start: move(span.start, false), end: move(span.end, true) })))
}

/** Spans within the text, on cluster borders, in order, without overlap and without empty ones. */
export function tidy(text: string, spans: Spans): Spans {
  let reached = 0
  const kept: TextSpan[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(reached, snapToCluster(text, span.start)), end = snapToCluster(text, span.end, true)
    if (start >= end) continue
    kept.push(start === span.start && end === span.end ? span : { ...span, start, end })
    reached = end
  }
  return kept
}

/** The text in the project's normal form, with its spans where they were. Doing it twice is doing it once. */
export function normaliseMarked({ text, spans }: MarkedText, form: NormalisationForm): MarkedText {
  if (form === 'none') return { text, spans }
  const normal = text.normalize(form)
  if (normal === text) return { text, spans }
  const moved = (offset: number) => text.slice(0, offset).normalize(form).length
  return { text: normal, spans: tidy(normal, spans.map((span) => ({ ...span, start: moved(span.start), end: moved(span.end) }))) }
}

/** Cut at a caret, as two texts; the white space at the cut goes. */
export function splitMarked({ text, spans }: MarkedText, caret: number): [MarkedText, MarkedText] {
  const at = snapToCluster(text, caret)
  const head = text.slice(0, at).trimEnd(), rest = text.slice(at), tail = rest.trimStart()
  const offset = at + rest.length - tail.length
  return [
    { text: head, spans: tidy(head, spans.filter(({ start }) => start < head.length)) },
    { text: tail, spans: tidy(tail, spans.filter(({ end }) => end > offset).map((span) => ({ ...span, start: Math.max(0, span.start - offset), end: span.end - offset }))) },
  ]
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** One text after the other: a space between them, none where the script is written without. */
export function joinMarked(first: MarkedText, second: MarkedText): MarkedText {
  if (first.text === '' || second.text === '') return first.text === '' ? second : first
  const tight = unspaced.test([...first.text].at(-1)!) && unspaced.test([...second.text][0]!)
  const lead = first.text + (tight ? '' : ' ')
  return { text: lead + second.text, spans: [...first.spans, ...second.spans.map((span) => ({ ...span, start: span.start + lead.length, end: span.end + lead.length }))] }
}

/** The places, 0 to 1, at which the words of a line are cut: in the middle of each space. `widthOf` measures text, in any unit. */
export function wordCuts(text: string, widthOf: (text: string) => number): { readonly words: readonly string[]; readonly cuts: readonly number[] } {
  const words = text.split(/\p{White_Space}+/u).filter((word) => word !== '')
  const space = widthOf(' ')
  const widths = words.map(widthOf)
  const all = widths.reduce((sum, width) => sum + width, 0) + space * Math.max(0, words.length - 1)
  let reached = 0
  const cuts = widths.slice(0, -1).map((width) => {
    reached += width + space
    return all === 0 ? 0 : (reached - space / 2) / all
  })
  return { words, cuts }
}

/** How far along a line a caret stands, 0 to 1. */
export function caretFraction(text: string, caret: number, widthOf: (text: string) => number): number {
  const all = widthOf(text)
  return all === 0 ? 0.5 : Math.min(0.95, Math.max(0.05, widthOf(text.slice(0, caret)) / all))
}
