import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { ProjectState } from '#shared/contract/api.ts'
import { boundsOf, centreOf } from '#shared/geometry/bounds.ts'
import type { ImagePoint } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import { newWords } from '#shared/text/finding.ts'
import { defaultWriting } from '#shared/model/writing.ts'
import { useCommands } from '#renderer/frame/context.tsx'
import { words as lineWords } from '#renderer/lines/words.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { markedOf, orderLines, writeLine } from '#renderer/tools/textLine/lineEdits.ts'
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

/** With the text line tool in hand, the text of the line that was just drawn: typing starts at once, Enter goes back to the picture. */
export function TextLineRoom({ selected, tool, ...rest }: Props) {
  const line = tool === 'text-line' && selected.length === 1 && isLine(selected[0]!) ? selected[0] : null
  return line ? <LineBar line={line} {...rest} /> : null
}

function LineBar({ line, project, onEdit, onDone }: Omit<Props, 'selected' | 'tool'> & { readonly line: Line }) {
  const field = useRef<WritingHandle>(null)
  const { help, learn } = useWritingHelp(project)
  const writing = project.project.writing ?? defaultWriting
  useEffect(() => field.current?.focus(), [line.id])
  return (
    <div className="linebar">
      <WritingField key={line.id} ref={field} label={words.lineText} value={markedOf(line)} direction={axisOf(line) === 'ltr' ? 'auto' : axisOf(line)} language={line.language ?? writing.language} fontSize={20} help={help} placeholder={words.lineTextHint}
        onCommit={(marked) => { onEdit(writeLine(line, marked, writing.normalisation)) }}
        onKeyDown={(event) => { if (event.key === 'Enter' && !event.altKey && !event.ctrlKey && !event.metaKey) { event.preventDefault(); field.current?.flush(); learn(newWords(line.text ?? '', field.current?.current().text ?? '')); onDone() } }} />
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
