import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useImperativeHandle, useLayoutEffect, useRef, type Ref } from 'react'
import type { Annotation } from '#shared/model/annotation.ts'
import { subjectOf } from '#shared/model/verdict.ts'
import type { NormalisationForm } from '#shared/model/writing.ts'
import { setFlag, setLanguage } from '#renderer/tools/edits.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { useReading } from '#renderer/inference/useReading.ts'
import { words as modelWords } from '#renderer/inference/words.ts'
import { takeReading } from '#renderer/tools/textLine/readLine.ts'
import { markedOf, writeLine } from '#renderer/tools/textLine/lineEdits.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import type { WritingHelp } from '#renderer/writing/help.ts'
import { WritingField, type WritingHandle } from '#renderer/writing/WritingField.tsx'
import { words } from './words.ts'

/** How the project writes, and what helps with it. */
export interface SegmentWriting {
  readonly help: WritingHelp | null
  readonly normalisation: NormalisationForm
  readonly language: string | null
  /** A text was finished: its words are suggested from now on. */
  readonly learn: (before: string | null, after: string) => void
}

export interface SegmentTextHandle {
  focus(): void
  /** What is typed is saved now. */
  settle(): void
  /** Where the caret stands in the text; null when the field has no focus. */
  caret(): number | null
}

interface Props {
  readonly annotation: Annotation
  /** "Speaker A · 0:01.20 – 0:03.40". */
  readonly about: string
  readonly place: string
  readonly readOnly: boolean
  readonly writing: SegmentWriting
  readonly handle: Ref<SegmentTextHandle>
  readonly onEdit: (edit: Edit | null) => void
  readonly onStep: (by: 1 | -1) => void
}

/** The text of one segment, in large type, with the project's help. It is saved when the person pauses, goes on or leaves. */
export function SegmentText({ annotation, about, place, readOnly, writing, handle, onEdit, onStep }: Props) {
  const field = useRef<WritingHandle>(null)
  const typing = useRef(false)
  const { reading, done } = useReading(annotation.id)
  const heard = reading?.kind === 'read' ? reading : null
  /** Whose proposal is being edited. */
  const taken = useRef<Annotation['id'] | null>(null)
  // Each segment has a field of its own; whoever types on goes on in the next one.
  useLayoutEffect(() => { if (typing.current) field.current?.focus() }, [annotation.id])
  useImperativeHandle(handle, () => ({
    focus: () => field.current?.focus(),
    settle: () => field.current?.flush(),
    caret: () => (typing.current ? (field.current?.selection()[0] ?? null) : null),
  }), [])
  const step = (by: 1 | -1) => {
    field.current?.flush()
    writing.learn(annotation.text, field.current?.current().text ?? '')
    onStep(by)
  }
  return (
    <div className="segment-text">
      <div className="segment-text__head">
        <IconButton size="small" label={words.previous} keys="Shift+Tab" onClick={() => onStep(-1)}><ChevronLeft /></IconButton>
        <IconButton size="small" label={words.next} keys="Tab" onClick={() => onStep(1)}><ChevronRight /></IconButton>
        <span className="q-clip">{about}</span><span className="q-muted">{place}</span>
        <span className="q-grow" />
        <Checkbox label={words.unsure} checked={annotation.flags.includes('difficult')} disabled={readOnly} onChange={(on) => onEdit(setFlag([annotation], 'difficult', on))} />
        <Checkbox label={words.illegible} checked={annotation.flags.includes('illegible')} disabled={readOnly} onChange={(on) => onEdit(setFlag([annotation], 'illegible', on))} />
        <TextField label={words.language} hideLabel placeholder={words.language} title={words.languageHint} size="small" value={annotation.language ?? ''} onCommit={(tag) => onEdit(setLanguage([annotation], tag.trim().slice(0, 80) || null))} />
      </div>
      <div className="segment-text__field" data-text-of={annotation.id} onFocus={() => { typing.current = true }} onBlur={(event) => { if (event.target.isConnected) typing.current = false }}>
        <WritingField key={subjectOf(annotation)} ref={field} label={words.text} value={markedOf(annotation)} direction={annotation.direction} language={annotation.language ?? writing.language} fontSize={18} readOnly={readOnly} help={writing.help} {...(heard ? { placeholder: heard.text } : {})}
          onCommit={(marked) => onEdit(heard && taken.current === annotation.id ? takeReading(annotation, marked, writing.normalisation, heard.origin) : writeLine(annotation, marked, writing.normalisation))}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
            const open = heard !== null && field.current?.current().text === ''
            if (open && event.key === 'ArrowRight') { event.preventDefault(); taken.current = annotation.id; field.current?.insert(heard.text) }
            if (open && event.key === 'Enter' && !event.shiftKey) { onEdit(takeReading(annotation, { text: heard.text, spans: [] }, writing.normalisation, heard.origin)); done(annotation.id) }
            if (event.key === 'Tab' || event.key === 'Enter') { event.preventDefault(); step(event.shiftKey ? -1 : 1) }
          }} />
        {reading ? <p className="q-muted" aria-live="polite">{modelWords.reading.say(reading)}</p> : null}
      </div>
    </div>
  )
}
