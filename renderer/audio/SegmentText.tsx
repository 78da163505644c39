import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import type { Annotation } from '#shared/model/annotation.ts'
import { editAll, setFlag, setLanguage, setText } from '#renderer/tools/edits.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { words } from './words.ts'

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
  readonly handle: Ref<SegmentTextHandle>
  readonly onEdit: (edit: Edit | null) => void
  readonly onStep: (by: 1 | -1) => void
}

const pauseMs = 1500

/** The text of one segment, in large type. It is saved when the person pauses, goes on or leaves. */
export function SegmentText({ annotation, about, place, readOnly, handle, onEdit, onStep }: Props) {
  const stored = annotation.text ?? ''
  const [shown, setShown] = useState(stored)
  const [draft, setDraft] = useState(stored)
  const [saved, setSaved] = useState(stored)
  const [of, setOf] = useState(annotation.id)
  const field = useRef<HTMLTextAreaElement>(null)
  // One field for all segments, so that going from one to the next keeps the focus.
  if (of !== annotation.id) {
    setOf(annotation.id)
    setShown(stored)
    setDraft(stored)
    setSaved(stored)
  } else if (shown !== stored) {
    setShown(stored)
    // What was typed since the last save stays; an undo or a split replaces what was saved.
    if (draft === shown || draft === saved) setDraft(stored)
  }
  const save = () => {
    const text = draft.normalize('NFC')
    if (readOnly || text === stored) return
    setSaved(draft)
    onEdit(text === '' ? editAll('clear text', [annotation], () => ({ text: null })) : setText([annotation], text))
  }
  const newest = useRef(save)
  useEffect(() => { newest.current = save })
  useEffect(() => () => newest.current(), [])
  useEffect(() => {
    const timer = setTimeout(() => newest.current(), pauseMs)
    return () => clearTimeout(timer)
  }, [draft])
  useImperativeHandle(handle, () => ({
    focus: () => { field.current?.focus() },
    settle: () => newest.current(),
    caret: () => (field.current !== null && document.activeElement === field.current ? field.current.selectionStart : null),
  }), [])
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
      <textarea ref={field} className="segment-text__field" aria-label={words.text} title={words.textHint} rows={2} value={draft} readOnly={readOnly} spellCheck={false} data-text-of={annotation.id}
        dir={annotation.direction === 'vertical' ? 'auto' : annotation.direction} lang={annotation.language ?? undefined}
        onChange={(event) => setDraft(event.target.value)} onBlur={save}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
          if (event.key === 'Tab' || event.key === 'Enter') { event.preventDefault(); save(); onStep(event.shiftKey ? -1 : 1) }
          if (event.key === 'Escape') { event.preventDefault(); event.currentTarget.blur() }
        }} />
    </div>
  )
}
