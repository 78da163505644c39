import { EyeOff, X } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { ImageAsset } from '#shared/model/asset.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Writing } from '#shared/model/writing.ts'
import { StatusBarContent, useCommands } from '#renderer/frame/context.tsx'
import type { Edit } from '#renderer/tools/edited.ts'
import { scoreText } from '#renderer/tools/drafts.ts'
import type { Line } from '#renderer/tools/textLine/lines.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/Feedback.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import type { WritingHelp } from '#renderer/writing/help.ts'
import type { WritingHandle } from '#renderer/writing/WritingField.tsx'
import { KeyStrip } from './KeyStrip.tsx'
import { lineCommands } from './lineCommands.ts'
import { LineList } from './LineList.tsx'
import { LineStage } from './LineStage.tsx'
import './lines.css'
import { PageMap } from './PageMap.tsx'
import { useCropSource } from './useCropSource.ts'
import { useLineActions, type PageRecords } from './useLineActions.ts'
import { useRoom } from './useRoom.ts'
import { words } from './words.ts'

interface Props {
  readonly asset: ImageAsset
  readonly picture: HTMLImageElement | ImageBitmap | null
  /** A CSS filter: how the picture is shown. */
  readonly filter: string
  /** In reading order. */
  readonly lines: readonly Line[]
  /** The page as it is now, also between two renders. */
  readonly read: () => PageRecords
  readonly current: AnnotationId | null
  readonly editable: boolean
  readonly writing: Writing
  readonly help: WritingHelp
  readonly extent: Bounds | null
  readonly make: (geometry: TextLine) => Annotation
  readonly onSelect: (id: AnnotationId) => void
  readonly onEdit: (edit: Edit | null) => void
  readonly onWritten: (text: string) => void
  readonly onLeave: () => void
  readonly onDraw: () => void
}

/** Types a page line after line, without the mouse. */
export function LineMode(props: Props) {
  const { asset, picture, filter, lines, read, editable, writing, help, extent, make, onSelect, onEdit, onWritten, onLeave, onDraw } = props
  const field = useRef<WritingHandle>(null)
  const caret = useRef<number | null>(null)
  const arrived = useRef('')
  const { ref: maproom, room } = useRoom<HTMLDivElement>()
  const source = useCropSource(picture, asset.width)
  const index = indexOf(lines, props.current)
  const line = lines[index]
  const current = line?.id ?? null
  const actions = useLineActions({ current, read, commit: onEdit, select: onSelect, field, caret, extent, make, writing, arrived, onWritten, leave: onLeave })
  useCommands(lineCommands(actions, writing.keys, editable))

  useEffect(() => { if (current !== null && current !== props.current) onSelect(current) })
  const takeHand = useCallback(() => {
    field.current?.focus()
    field.current?.select(caret.current ?? field.current.current().text.length)
    caret.current = null
    arrived.current = field.current?.current().text ?? ''
  }, [])
  const written = useMemo(() => lines.filter(({ text, flags }) => text !== null || flags.includes('illegible')).length, [lines])

  const keyed = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter') { event.preventDefault(); if (event.shiftKey || !editable) actions.step(event.shiftKey ? -1 : 1); else actions.confirm() }
  }
  if (!line) return <EmptyState title={words.none.title} actions={<Button tone="primary" onClick={onDraw}>{words.none.draw}</Button>}>{words.none.text}</EmptyState>
  return (
    <section className="lines" aria-label={words.mode} data-lines={lines.length} data-line={index + 1}>
      <div className="lines__work">
        <header className="lines__head">
          <strong>{words.place(index + 1, lines.length)}</strong>
          <span className="q-muted">{words.done(written, lines.length)}</span>
          {line.draft ? <span className="lines__draft">{words.draft(scoreText(line))}</span> : null}
          <span className="lines__space" />
          <Select size="small" label={words.direction} value={line.direction} onChange={actions.setDirection} options={(['auto', 'ltr', 'rtl', 'vertical'] as const).map((value) => ({ value, label: words.directions[value] }))} />
          <TextField label={words.language} hint={words.languageHint} size="small" value={line.language ?? ''} placeholder={writing.language ?? ''} onCommit={actions.setLanguage} />
          <IconButton label={words.illegible} keys="Alt+Shift+X" size="small" aria-pressed={line.flags.includes('illegible')} onClick={actions.illegible}><EyeOff /></IconButton>
          <IconButton label={words.back} keys="Escape" size="small" onClick={actions.leave}><X /></IconButton>
        </header>
        <LineStage field={field} lines={lines} index={index} source={source} filter={filter} language={writing.language} help={help} editable={editable} onWrite={actions.write} onKeyDown={keyed} onEscape={actions.leave} onShown={takeHand} onChoose={onSelect} />
        <KeyStrip keys={writing.keys} onKey={actions.insertText} />
      </div>
      <aside className="lines__side">
        <div ref={maproom} className="lines__maproom">
          {room.width > 0 ? <PageMap lines={lines} current={current} source={source} item={asset} room={room} onChoose={onSelect} /> : null}
        </div>
        <LineList lines={lines} current={index} onChoose={onSelect} onMove={actions.moveTo} />
      </aside>
      <StatusBarContent><span className="q-clip">{words.hint}</span></StatusBarContent>
    </section>
  )
}

/** Where the line in hand stands; the first without text when none is in hand. */
function indexOf(lines: readonly Line[], current: AnnotationId | null): number {
  const at = lines.findIndex(({ id }) => id === current)
  if (at >= 0) return at
  const empty = lines.findIndex(({ text, flags }) => text === null && !flags.includes('illegible'))
  return Math.max(0, empty)
}
