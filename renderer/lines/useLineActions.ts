import type { RefObject } from 'react'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation, TextDirection } from '#shared/model/annotation.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import { subjectOf } from '#shared/model/verdict.ts'
import type { Writing } from '#shared/model/writing.ts'
import { newWords } from '#shared/text/finding.ts'
import type { MarkedText } from '#shared/text/spans.ts'
import { acceptDrafts, deleteSelection, setDirection, setFlag, setLanguage } from '#renderer/tools/edits.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { insertAfter, mergeWithNext, moveLine, nextDirection, orderLines, splitAtCaret, splitIntoWords, writeLine } from '#renderer/tools/textLine/lineEdits.ts'
import { axisOf, pageAxis, type Line } from '#renderer/tools/textLine/lines.ts'
import type { WritingHandle } from '#renderer/writing/WritingField.tsx'
import { measure } from './measure.ts'

/** The page's records as they are now, also right after an edit. */
export interface PageRecords { readonly lines: readonly Line[]; readonly all: readonly Annotation[]; readonly relations: readonly Relation[] }

export interface LineDeps {
  /** The line in hand. */
  readonly current: AnnotationId | null
  readonly read: () => PageRecords
  readonly commit: (edit: Edit | null) => void
  readonly select: (id: AnnotationId) => void
  /** The field of the line in hand, while there is one. */
  readonly field: RefObject<WritingHandle | null>
  /** Where the caret goes once the next line has its field; null: to the end. */
  readonly caret: RefObject<number | null>
  readonly extent: Bounds | null
  readonly make: (geometry: TextLine) => Annotation
  readonly writing: Writing
  /** The text of the line in hand when the hand came to it. */
  readonly arrived: RefObject<string>
  /** Words that were written on a line that the hand leaves. */
  readonly onWritten: (text: string) => void
  readonly leave: () => void
}

export type LineActions = ReturnType<typeof useLineActions>

/** What keys and buttons do in the line-by-line mode. What was typed is saved before anything else happens to its line. */
export function useLineActions({ current, read, commit, select, field, caret, extent, make, writing, arrived, onWritten, leave }: LineDeps) {
  const now = () => {
    field.current?.flush()
    const page = read()
    const index = page.lines.findIndex((line) => line.id === current || subjectOf(line) === current)
    return { ...page, index, line: page.lines[index] }
  }
  const axis = (line: Line, lines: readonly Line[]) => axisOf(line, pageAxis(lines))
  // Learnt on leaving, not at each pause: half a word is no word.
  const learn = () => {
    const words = newWords(arrived.current, read().lines.find((line) => line.id === current || subjectOf(line) === current)?.text ?? '')
    if (words !== '') onWritten(words)
  }
  const go = (id: AnnotationId, at: number | null = null) => { learn(); caret.current = at; select(id) }
  const onLine = (edit: (line: Line) => Edit | null) => () => { const { line } = now(); if (line) commit(edit(line)) }
  return {
    write(id: AnnotationId, marked: MarkedText) {
      const line = read().lines.find((each) => each.id === id || subjectOf(each) === id)
      if (!line) return
      commit(writeLine(line, marked, writing.normalisation))
    },
    /** On to the next line. Who goes on from a draft without a change agrees with it. */
    confirm() {
      const { lines, index, line } = now()
      const next = lines[index + 1]
      if (line?.draft) commit(acceptDrafts([line]))
      if (next) go(next.id)
    },
    step(by: number) {
      const { lines, index } = now()
      const next = lines[index + by]
      if (next) go(next.id)
    },
    firstEmpty() {
      const empty = now().lines.find(({ text, flags }) => text === null && !flags.includes('illegible'))
      if (empty) go(empty.id)
    },
    insert() {
      const { lines, index, line } = now()
      const { edit, added } = insertAfter(lines, index, line ? axis(line, lines) : 'ltr', extent, make)
      commit(edit)
      go(added)
    },
    merge() {
      const { lines, index, line, relations } = now()
      const merged = line && mergeWithNext(lines, index, { text: line.text ?? '', spans: line.spans ?? [] }, axis(line, lines), relations)
      if (!merged) return
      field.current?.placeCaret(merged.caret)
      commit(merged.edit)
    },
    split() {
      const at = field.current?.selection()[0] ?? 0
      const { lines, index, line } = now()
      const parts = line && splitAtCaret(lines, index, { text: line.text ?? '', spans: line.spans ?? [] }, at, axis(line, lines), measure)
      if (!parts) return
      commit(parts.edit)
      go(parts.added, 0)
    },
    words() {
      const { lines, line, all, relations } = now()
      if (line) commit(splitIntoWords(line, axis(line, lines), measure, all, relations))
    },
    mark(kind: 'unclear' | 'illegible') {
      if (field.current?.mark(kind)) field.current.flush()
    },
    illegible: onLine((line) => setFlag([line], 'illegible', !line.flags.includes('illegible'))),
    direction: onLine((line) => setDirection([line], nextDirection(line.direction))),
    setDirection: (direction: TextDirection) => onLine((line) => setDirection([line], direction))(),
    setLanguage: (language: string) => onLine((line) => setLanguage([line], language.trim() === '' ? null : language.trim()))(),
    move(by: number) {
      const { lines, index } = now()
      commit(moveLine(lines, index, index + by))
    },
    moveTo(from: number, to: number) {
      commit(moveLine(now().lines, from, to))
    },
    guess() {
      commit(orderLines(now().lines))
    },
    remove() {
      const { lines, index, line, relations } = now()
      if (!line) return
      const next = lines[index + 1] ?? lines[index - 1]
      commit(deleteSelection([line], relations, 'delete line'))
      if (next) go(next.id)
    },
    insertText(text: string) {
      field.current?.insert(text)
    },
    leave() {
      field.current?.flush()
      learn()
      leave()
    },
  }
}
