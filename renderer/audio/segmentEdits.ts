import type { Annotation } from '#shared/model/annotation.ts'
import { adding, updating } from '#shared/model/diff.ts'
import { newAnnotationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Tier } from '#shared/model/tier.ts'
import { edited, editOf, type Edit } from '#renderer/tools/edited.ts'
import { segmentGeometry, within, type Row, type Timed } from './segments.ts'

export type Side = 'start' | 'end'
/** Where a segment may lie: its row, the room of its tier (all of the sound, or the segment of the parent tier above it). */
export interface Room {
  readonly tier: Tier
  readonly row: Row
  readonly from: number
  readonly to: number
  /** Frames a second of the sound. */
  readonly rate: number
}
export interface Span { readonly start: number; readonly end: number }

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))
const others = ({ row }: Room, except: Timed | null, from: number, to: number) => within(row, from, to).filter((each) => each.annotation.id !== except?.annotation.id)

/** The stretch without segments around a frame, in a tier without overlap; null where the frame lies in a segment. */
export function gapAround(room: Room, frame: number, except: Timed | null = null): Span | null {
  if (frame < room.from || frame > room.to) return null
  let { from: start, to: end } = room
  for (const each of others(room, except, room.from, room.to)) {
    if (each.start < frame && frame < each.end) return null
    if (each.end <= frame) start = Math.max(start, each.end)
    else end = Math.min(end, each.start)
  }
  return { start, end }
}

/** Where a segment drawn from `anchor` to `to` comes to lie; null where there is no room for one. */
export function drawnSpan(room: Room, anchor: number, to: number): Span | null {
  if (room.tier.points) return pointFree(room, to) ? { start: to, end: to } : null
  const begun = clamp(anchor, room.from, room.to)
  // A drag that begins in a segment draws from where the hand leaves it.
  const held = room.tier.overlap ? [] : within(room.row, begun, begun).filter(({ start, end }) => start < begun && begun < end)
  const inner = held.length === 0 ? begun : to > begun ? Math.max(...held.map(({ end }) => end)) : Math.min(...held.map(({ start }) => start))
  if (held.length > 0 && (to > begun ? to <= inner : to >= inner)) return null
  const gap = room.tier.overlap ? { start: room.from, end: room.to } : gapTowards(room, inner, to)
  if (gap === null) return null
  const ends = [clamp(inner, gap.start, gap.end), clamp(to, gap.start, gap.end)].sort((a, b) => a - b)
  return ends[0]! < ends[1]! ? { start: ends[0]!, end: ends[1]! } : null
}

/** The gap at a frame; where two meet in it, the one on the side of `to`. */
function gapTowards(room: Room, frame: number, to: number): Span | null {
  const gap = gapAround(room, frame)
  if (gap === null || gap.start < gap.end) return gap
  return gapAround(room, frame + Math.sign(to - frame))
}

const pointFree = (room: Room, frame: number) => frame >= room.from && frame <= room.to && (room.tier.overlap || within(room.row, frame, frame).every(({ start }) => start !== frame))

/** The span after one end went to `frame`; it stops at its neighbour where the tier has no overlap, and keeps a frame of length. */
export function resizedSpan(segment: Timed, side: Side, frame: number, room: Room): Span {
  if (room.tier.points || segment.start === segment.end) return movedSpan(segment, frame - segment.start, room)
  const { start, end } = segment
  const { least, most } = reachOf(segment, room)
  return side === 'start' ? { start: clamp(frame, least, end - 1), end } : { start, end: clamp(frame, start + 1, most) }
}

/** The span after the whole moved by `delta` frames; it stops at its neighbours where the tier has no overlap. */
export function movedSpan(segment: Timed, delta: number, room: Room): Span {
  const { start, end } = segment
  const { least, most } = reachOf(segment, room)
  const by = clamp(delta, Math.min(0, least - start), Math.max(0, most - end))
  return { start: start + by, end: end + by }
}

function reachOf(segment: Timed, room: Room): { least: number; most: number } {
  let least = Math.min(room.from, segment.start)
  let most = Math.max(room.to, segment.end)
  if (room.tier.overlap) return { least, most }
  const apart = room.tier.points ? 1 : 0
  for (const each of others(room, segment, least, most)) {
    if (each.start < segment.start || (each.start === segment.start && each.end <= segment.start)) least = Math.max(least, Math.min(segment.start, each.end + apart))
    else most = Math.min(most, Math.max(segment.end, each.start - apart))
  }
  return { least, most }
}

/** The annotation with another span, in frames of the sound. The same object when the span is the same. */
export function withSpan(segment: Timed, span: Span, rate: number): Annotation {
  if (span.start === segment.start && span.end === segment.end) return segment.annotation
  return edited(segment.annotation, { geometry: segmentGeometry(segment.tier, span.start, span.end, rate) })
}

export const respan = (name: string, segment: Timed, span: Span, rate: number): Edit | null => editOf(name, [[segment.annotation, withSpan(segment, span, rate)]])

/** Two segments out of one at `frame`; the text is cut at `caret` (all of it stays in the first where that is null). Null where the frame is not inside. */
export function split(segment: Timed, frame: number, caret: number | null, rate: number): Edit | null {
  const { annotation, tier, start, end } = segment
  if (frame <= start || frame >= end) return null
  const text = annotation.text
  const cut = text === null || caret === null ? null : clamp(caret, 0, text.length)
  const head = text === null || cut === null ? text : text.slice(0, cut).trimEnd() || null
  const tail = text === null || cut === null ? null : text.slice(cut).trimStart() || null
  const first = edited(annotation, { geometry: segmentGeometry(tier, start, frame, rate), text: head })
  const second: Annotation = { ...first, id: newAnnotationId(), geometry: segmentGeometry(tier, frame, end, rate), text: tail }
  const diff = updating([annotation, first])
  return { name: 'split segment', diff: { ...diff, added: adding(second).added } }
}

/** One segment out of several of one tier: from the first beginning to the last end, the texts after one another. Null for fewer than two. */
export function merge(segments: readonly Timed[], relations: readonly Relation[], rate: number): Edit | null {
  const sorted = segments.toSorted((a, b) => a.start - b.start || a.end - b.end)
  const [first, ...rest] = sorted
  if (first === undefined || rest.length === 0 || rest.some(({ tier, annotation }) => tier !== first.tier || annotation.layer !== first.annotation.layer)) return null
  const texts = sorted.flatMap(({ annotation }) => (annotation.text ? [annotation.text] : []))
  const end = Math.max(...sorted.map((each) => each.end))
  const to = edited(first.annotation, { geometry: segmentGeometry(first.tier, first.start, end, rate), text: texts.length > 0 ? texts.join(' ') : null })
  const gone = new Set<string>(rest.map(({ annotation }) => annotation.id))
  const removed = [...rest.map(({ annotation }) => annotation), ...relations.filter((relation) => gone.has(relation.from) || gone.has(relation.to))]
  return { name: 'merge segments', diff: { added: {}, updated: updating([first.annotation, to]).updated, removed: Object.fromEntries(removed.map((record) => [record.id, record])) } }
}

/** The segment behind this one in its row; null for the last. */
export const after = (row: Row, segment: Timed): Timed | null => row.segments[row.segments.findIndex(({ annotation }) => annotation.id === segment.annotation.id) + 1] ?? null

/** The words of a segment as segments of a child tier, their lengths in proportion to their letters. `create` makes one with a text. */
export function wordsOf(segment: Timed, child: Tier, rate: number, create: (geometry: Annotation['geometry'], text: string) => Annotation): Edit | null {
  const words = (segment.annotation.text ?? '').split(/\s+/u).filter((word) => word !== '')
  const length = segment.end - segment.start
  if (words.length === 0 || length < words.length) return null
  const letters = words.map((word) => [...word].length)
  const total = letters.reduce((sum, count) => sum + count, 0)
  const made: Annotation[] = []
  let before = 0
  let start = segment.start
  words.forEach((word, index) => {
    before += letters[index]!
    // Each word keeps a frame for itself and leaves one for each word behind it.
    const end = clamp(segment.start + Math.round((length * before) / total), start + 1, segment.end - (words.length - 1 - index))
    made.push(create(segmentGeometry(child.id, start, end, rate), word))
    start = end
  })
  return { name: 'split into words', diff: adding(...made) }
}
