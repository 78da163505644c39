import { boundsOf, clampPoint } from '#shared/geometry/bounds.ts'
import { mergeLines } from '#shared/geometry/mergeLines.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { splitLine, splitLineAt, type ReadingAxis } from '#shared/geometry/splitLine.ts'
import { rounded, translate } from '#shared/geometry/transform.ts'
import type { Annotation, TextDirection } from '#shared/model/annotation.ts'
import { emptyDiff, type Diff } from '#shared/model/diff.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import { newAnnotationId, newGroupId, newRelationId, type AnnotationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { NormalisationForm } from '#shared/model/writing.ts'
import { caretFraction, joinMarked, normaliseMarked, splitMarked, wordCuts, type MarkedText } from '#shared/text/spans.ts'
import { edited, editOf, type Edit } from '../edited.ts'
import { moveToIndex } from '../ordering.ts'
import { frameOf, guessedOrder, wordOf, type Line } from './lines.ts'

/*
 * What a person does to lines from the keyboard. Each takes the lines in reading order and gives the edit to save, or
 * null when nothing would change.
 */

type WidthOf = (text: string) => number
/** Turns an annotation's text and marks into what the annotation keeps. */
const textFields = ({ text, spans }: MarkedText) => ({ text: text === '' ? null : text, ...(spans.length > 0 ? { spans: [...spans] } : {}) })

export const markedOf = ({ text, spans }: Pick<Annotation, 'text' | 'spans'>): MarkedText => ({ text: text ?? '', spans: spans ?? [] })

/** The line with another text, in the project's normal form. */
export function writeLine<Kind extends Annotation>(line: Kind, marked: MarkedText, form: NormalisationForm): Edit | null {
  const next = normaliseMarked(marked, form)
  // An empty list, not an absent one: only what a change names is changed.
  const spans = next.spans.length > 0 || line.spans !== undefined ? { spans: [...next.spans] } : {}
  return editOf('type text', [[line, edited(line, { text: next.text === '' ? null : next.text, ...spans })]])
}

/** The line cut at the caret: its text there, its outline in proportion. The second part is a new line behind it. */
export function splitAtCaret(lines: readonly Line[], index: number, marked: MarkedText, caret: number, axis: ReadingAxis, widthOf: WidthOf): { edit: Edit; added: AnnotationId } | null {
  const line = lines[index]
  if (!line) return null
  const [first, then] = splitMarked(marked, caret)
  const [near, far] = splitLine(line.geometry, caretFraction(marked.text, caret, widthOf), axis).map((part) => rounded(part)) as [TextLine, TextLine]
  const to = edited(line, { geometry: near, text: first.text === '' ? null : first.text, spans: [...first.spans] })
  const { spans: _, ...rest } = edited(line, { geometry: far })
  const added: Annotation = { ...rest, ...textFields(then), id: newAnnotationId(), order: orderAfter(lines, index) }
  return { edit: { name: 'split line', diff: { ...emptyDiff(), added: { [added.id]: added }, updated: { [line.id]: [line, to] } } }, added: added.id }
}

/** The line with the next one behind it in one; the second goes, and what was tied to it. */
export function mergeWithNext(lines: readonly Line[], index: number, marked: MarkedText, axis: ReadingAxis, relations: readonly Relation[]): { edit: Edit; caret: number } | null {
  const line = lines[index], next = lines[index + 1]
  if (!line || !next) return null
  const joined = joinMarked(marked, markedOf(next))
  const flags = [...new Set([...line.flags, ...next.flags])]
  const to = edited(line, { geometry: rounded(mergeLines(line.geometry, next.geometry, axis)), text: joined.text === '' ? null : joined.text, spans: [...joined.spans], flags })
  const tied = relations.filter(({ from, to: end }) => from === next.id || end === next.id)
  const removed = Object.fromEntries([next, ...tied].map((record) => [record.id, record]))
  return { edit: { name: 'merge lines', diff: { ...emptyDiff(), updated: { [line.id]: [line, to] }, removed } }, caret: marked.text.length }
}

/** A new, empty line behind this one, where the next line of its block would stand. */
export function insertAfter(lines: readonly Line[], index: number, axis: ReadingAxis, extent: Bounds | null, make: (geometry: TextLine) => Annotation): { edit: Edit; added: AnnotationId } {
  const line = lines[index]
  const geometry = line ? nextPlace(line, lines[index - 1], axis, extent) : firstPlace(extent)
  const added: Annotation = { ...make(rounded(geometry)), order: orderAfter(lines, index), ...(line && { direction: line.direction, language: line.language, group: line.group, label: line.label }) }
  return { edit: { name: 'insert line', diff: { ...emptyDiff(), added: { [added.id]: added } } }, added: added.id }
}

function firstPlace(extent: Bounds | null): TextLine {
  const { minX, minY, maxX, maxY } = extent ?? { minX: 0, minY: 0, maxX: 100, maxY: 100 }
  const width = maxX - minX, height = maxY - minY
  return { kind: 'text-line', outline: { kind: 'box', x: minX + width * 0.1, y: minY + height * 0.1, width: width * 0.8, height: height * 0.05 }, baseline: null }
}

/** One line height on, or as far as this line is from the one before it when that is a plausible pitch. */
function nextPlace(line: Line, before: Line | undefined, axis: ReadingAxis, extent: Bounds | null): TextLine {
  const { quad: [a, b, , d], width, height } = frameOf(line)
  const across = axis === 'vertical' ? { x: -(b.x - a.x) / width, y: -(b.y - a.y) / width } : { x: (d.x - a.x) / height, y: (d.y - a.y) / height }
  const size = axis === 'vertical' ? width : height
  const [was] = before ? frameOf(before).quad : [null]
  const pitch = was ? (a.x - was.x) * across.x + (a.y - was.y) * across.y : 0
  const step = pitch > 0.6 * size && pitch < 2.5 * size ? pitch : 1.15 * size
  const moved = translate(line.geometry, across.x * step, across.y * step)
  const bounds = boundsOf(moved)!
  const held = clampPoint({ x: bounds.minX, y: bounds.minY }, extent && { ...extent, maxX: extent.maxX - (bounds.maxX - bounds.minX), maxY: extent.maxY - (bounds.maxY - bounds.minY) })
  return translate(moved, held.x - bounds.minX, held.y - bounds.minY)
}

function orderAfter(lines: readonly Line[], index: number): number {
  const here = lines[index]?.order ?? 0
  const next = lines[index + 1]?.order
  return next === undefined || next <= here ? here + 1 : (here + next) / 2
}

/** One place up or down in the reading order. */
export const moveLine = (lines: readonly Line[], index: number, to: number): Edit | null =>
  (lines[index] && to >= 0 && to < lines.length ? renamed('reorder line', moveToIndex(lines, [lines[index].id], to)) : null)

const renamed = (name: string, edit: Edit | null): Edit | null => edit && { ...edit, name }

/** The page in the order that a machine guesses, its lines grouped into blocks. Orders that are there already are dealt out anew. */
export function orderLines(lines: readonly Line[]): Edit | null {
  const blocks = guessedOrder(lines)
  const places = lines.map(({ order }) => order)
  const free = places.every((order, index) => index === 0 || order > places[index - 1]!)
  let at = 0
  return editOf('guess reading order', blocks.flatMap((block) => {
    const known = block[0]!.group
    const same = known !== null && block.every(({ group }) => group === known) && lines.filter(({ group }) => group === known).length === block.length
    const group = block.length < 2 ? null : same ? known : newGroupId()
    return block.map((line): [Line, Line] => {
      const order = free ? places[at++]! : at++
      return [line, { ...line, order, group: sameBlocks(line, group) ? line.group : group }]
    })
  }))
}

const sameBlocks = (line: Line, group: Line['group']): boolean => line.group === group

/** The words of a line as lines of their own, tied to it by the relation "word of"; those that were there go. */
export function splitIntoWords(line: Line, axis: ReadingAxis, widthOf: WidthOf, all: readonly Annotation[], relations: readonly Relation[]): Edit | null {
  const { words, cuts } = wordCuts(line.text ?? '', widthOf)
  if (words.length === 0) return null
  const pieces = splitLineAt(line.geometry, cuts, axis)
  const diff: Diff = emptyDiff()
  for (const relation of relations) {
    if (relation.name !== wordOf || relation.to !== line.id) continue
    diff.removed[relation.id] = relation
    const old = all.find(({ id }) => id === relation.from)
    if (old) diff.removed[old.id] = old
  }
  const { spans: _, ...plain } = line
  words.forEach((text, index) => {
    const id = newAnnotationId()
    const order = line.order + (index + 1) / (words.length + 1) / 1000
    diff.added[id] = { ...edited(plain, {}), id, text, geometry: rounded(pieces[index]!), order, group: null, flags: [] }
    const tie: Relation = { type: 'relation', id: newRelationId(), asset: line.asset, layer: line.layer, author: line.author, name: wordOf, from: id, to: line.id }
    diff.added[tie.id] = tie
  })
  return { name: 'split line into words', diff }
}

const directions: readonly TextDirection[] = ['auto', 'ltr', 'rtl', 'vertical']
/** The direction after this one. */
export const nextDirection = (direction: TextDirection): TextDirection => directions[(directions.indexOf(direction) + 1) % directions.length]!
