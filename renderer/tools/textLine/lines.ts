import { directionOf as tiltOf } from '#shared/geometry/angle.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import { lineFrame, type LineFrame } from '#shared/geometry/lineFrame.ts'
import { readingOrder, type PageDirection } from '#shared/geometry/readingOrder.ts'
import type { ReadingAxis } from '#shared/geometry/splitLine.ts'
import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import { directionOf } from '#shared/text/tokens.ts'

/** The name of the relation from a word to the line it stands in. */
export const wordOf = 'word of'

/** An annotation whose geometry is a text line. */
export type Line = Annotation & { readonly geometry: TextLine }

export const isLine = (annotation: Annotation): annotation is Line => annotation.geometry.kind === 'text-line'

/** The lines of one layer in reading order; words inside lines are not among them. */
export function linesOf(annotations: readonly Annotation[], relations: readonly Relation[], layer: Layer): Line[] {
  const words = new Set<AnnotationId>(relations.filter(({ name }) => name === wordOf).map(({ from }) => from))
  return annotations.filter(isLine).filter((line) => line.layer === layer && !words.has(line.id)).sort(byOrder)
}

const tall = 1.6

/**
 * How a line is read. Where nobody said (direction `auto`): down when its outline is a good deal taller than wide and its
 * text is more than a letter, else as its first letter goes; an empty line goes as `usual` (the page's other lines).
 */
export function axisOf(line: Line, usual: ReadingAxis = 'ltr'): ReadingAxis {
  const own = ownAxis(line)
  return own === 'neutral' ? (usual === 'vertical' ? 'ltr' : usual) : own
}

const axes = new WeakMap<Line, ReadingAxis | 'neutral'>()

function ownAxis(line: Line): ReadingAxis | 'neutral' {
  const known = axes.get(line)
  if (known) return known
  const { width, height } = frameOf(line)
  const upright = height > tall * width && [...(line.text ?? '??')].length > 1
  const axis = line.direction !== 'auto' ? line.direction : upright ? 'vertical' : directionOf(line.text ?? '')
  axes.set(line, axis)
  return axis
}

const frames = new WeakMap<TextLine, LineFrame>()

/** The frame of a line, kept as long as its geometry lives. */
export function frameOf({ geometry }: Line): LineFrame {
  const known = frames.get(geometry)
  if (known) return known
  const frame = lineFrame(geometry)
  frames.set(geometry, frame)
  return frame
}

/** The direction that most lines of a page have. */
export function pageAxis(lines: readonly Line[]): ReadingAxis {
  const counts = { ltr: 0, rtl: 0, vertical: 0 }
  for (const line of lines) {
    const axis = ownAxis(line)
    if (axis !== 'neutral') counts[axis]++
  }
  if (counts.rtl > counts.ltr && counts.rtl >= counts.vertical) return 'rtl'
  return counts.vertical > counts.ltr ? 'vertical' : 'ltr'
}

/** Blocks of lines as a machine would read the page first. */
export function guessedOrder(lines: readonly Line[]): Line[][] {
  const axis = pageAxis(lines)
  const direction: PageDirection = axis === 'vertical' ? 'vertical-rl' : axis
  const tilts = axis === 'vertical' ? [] : lines.map((line) => { const [a, b] = frameOf(line).quad; return tiltOf(a, b) }).filter((tilt) => Math.abs(tilt) < 20).sort((a, b) => a - b)
  const tilt = tilts[tilts.length >> 1] ?? 0
  const bounds = lines.map(({ geometry }) => boundsOf(geometry.outline)!)
  return readingOrder(bounds, { direction, tilt }).map((block) => block.map((index) => lines[index]!))
}
