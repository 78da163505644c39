import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import type { ProjectState } from '#shared/contract/api.ts'
import { boundsOf, centreOf } from '#shared/geometry/bounds.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { MarkedText } from '#shared/text/spans.ts'
import { newWords } from '#shared/text/finding.ts'
import { defaultWriting } from '#shared/model/writing.ts'
import { useCommands } from '#renderer/frame/context.tsx'
import type { Reading } from '#renderer/inference/reading.ts'
import { useReading } from '#renderer/inference/useReading.ts'
import { words as modelWords } from '#renderer/inference/words.ts'
import { words as lineWords } from '#renderer/lines/words.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { markedOf, orderLines, writeLine } from '#renderer/tools/textLine/lineEdits.ts'
import { takeReading } from '#renderer/tools/textLine/readLine.ts'
import { axisOf, isLine, linesOf, type Line } from '#renderer/tools/textLine/lines.ts'
import type { ToolId } from '#renderer/tools/tool.ts'
import { useWritingHelp } from '#renderer/writing/useWritingHelp.ts'
import { WritingField, type WritingHandle } from '#renderer/writing/WritingField.tsx'
import type { LabelStore } from './labelState.ts'
import type { OnItem } from './onItem.ts'
import { words } from './words.ts'

interface Props {
  /** The selected annotations that are mine to change. */
  readonly selected: readonly Annotation[]
  readonly tool: ToolId
  readonly project: ProjectState
  readonly onEdit: (edit: Edit | null) => void
  /** The text is written: the hand goes back to the picture. */
  readonly onDone: () => void
}

/** With the text line tool in hand, or when a line was read, its text: typing starts at once, Enter goes back to the picture. */
export function TextLineRoom({ selected, tool, ...rest }: Props) {
  const line = selected.length === 1 && isLine(selected[0]!) ? selected[0] : null
  const { reading } = useReading(line?.id ?? null)
  return line && (tool === 'text-line' || reading) ? <LineBar line={line} reading={reading} {...rest} /> : null
}

/** A reading stands in the empty field as a proposal: Enter takes it, → puts it there to be edited, typing is instead of it. */
function LineBar({ line, reading, project, onEdit, onDone }: Omit<Props, 'selected' | 'tool'> & { readonly line: Line; readonly reading: Reading | null }) {
  const field = useRef<WritingHandle>(null)
  const { done } = useReading(line.id)
  const { help, learn } = useWritingHelp(project)
  const writing = project.project.writing ?? defaultWriting
  const proposed = reading?.kind === 'read' ? reading : null
  const edits = useRef<Extract<Reading, { kind: 'read' }> | null>(null)
  useEffect(() => field.current?.focus(), [line.id])
  const save = (marked: MarkedText) => {
    onEdit(edits.current ? takeReading(line, marked, writing.normalisation, edits.current.origin) : writeLine(line, marked, writing.normalisation))
    if (marked.text !== '') done(line.id)
  }
  const finish = () => {
    field.current?.flush()
    learn(newWords(line.text ?? '', field.current?.current().text ?? ''))
    done(line.id)
    onDone()
  }
  const keyed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const open = proposed !== null && field.current?.current().text === ''
    if (event.key === 'ArrowRight' && open) {
      event.preventDefault()
      edits.current = proposed
      field.current?.insert(proposed.text)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (open) onEdit(takeReading(line, { text: proposed.text, spans: [] }, writing.normalisation, proposed.origin))
      finish()
    }
  }
  return (
    <div className="linebar">
      <WritingField key={line.id} ref={field} label={words.lineText} value={markedOf(line)} direction={axisOf(line) === 'ltr' ? 'auto' : axisOf(line)} language={line.language ?? writing.language} fontSize={20} help={help} placeholder={proposed?.text ?? words.lineTextHint}
        onCommit={save} onKeyDown={keyed} />
      {reading ? <p className="linebar__reading q-muted" aria-live="polite">{modelWords.reading.say(reading)}</p> : null}
    </div>
  )
}

/** The reading order as a path over the picture, while it is asked for; and the commands about it. */
export function useReadingPath(here: OnItem, me: Author, state: LabelStore, commit: (edit: Edit | null) => void, image: boolean): readonly ImagePoint[] | null {
  const shown = useStore(state, (label) => label.readingPath)
  const lines = useMemo(() => (image ? linesOf(here.all, here.relations, layerOf(me)) : []), [image, here.all, here.relations, me])
  const some = () => lines.length > 0
  const { group, commands } = lineWords
  useCommands(image ? [
    { id: 'lines.enter', name: commands.enter, group, keys: ['L'], when: () => !state.getState().lineMode, run: () => state.setState({ lineMode: true }) },
    { id: 'lines.path', name: commands.path, group, keys: ['Shift+L'], run: () => state.setState({ readingPath: !state.getState().readingPath }) },
    { id: 'lines.order', name: commands.guess, group, keys: ['Alt+Shift+G'], when: () => some() && !state.getState().lineMode, run: () => commit(orderLines(lines)) },
  ] : [])
  return useMemo(() => (shown && lines.length > 1 ? lines.map(({ geometry }) => centreOf(boundsOf(geometry.outline)!)) : null), [shown, lines])
}
