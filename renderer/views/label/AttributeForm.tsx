import { useEffect, useRef, useState } from 'react'
import type { Annotation, TextDirection } from '#shared/model/annotation.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { editAll, relabel, setAttribute, setDirection, setText } from '#renderer/tools/edits.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { AttributeField, Strangers } from '#renderer/attributes/AttributeField.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { words } from './words.ts'

interface Props {
  /** The form's accessible name. */
  readonly name?: string
  /** The selected annotations that are mine to change. */
  readonly selection: readonly Annotation[]
  readonly labels: readonly Label[]
  readonly onEdit: (edit: Edit | null) => void
}

/** What the selection says: its label, the attributes that label asks for, its text. */
export function AttributeForm({ name = words.attributes, selection, labels, onEdit }: Props) {
  const [first] = selection
  if (!first) return <p className="hintline">{words.noSelection}</p>
  const label = first.label === null ? undefined : labels.find(({ id }) => id === first.label)
  const alike = selection.every((annotation) => annotation.label === first.label)
  const fitting = labels.filter(({ kinds }) => kinds.length === 0 || kinds.includes(first.geometry.kind))
  return (
    <form className="attributes" aria-label={name} onSubmit={(event) => event.preventDefault()}>
      {selection.length > 1 ? <p className="q-muted">{words.manySelected(selection.length)}</p> : null}
      <Select size="small" label="Label" value={alike ? (first.label ?? '') : ''} onChange={(value) => onEdit(relabel(selection, labels.find(({ id }) => id === value) ?? null))}
        options={[{ value: '' as LabelId | '', label: words.noLabel }, ...fitting.map(({ id, name }) => ({ value: id as LabelId | '', label: name }))]} />
      {alike && label ? label.attributes.map((definition) => (
        <AttributeField key={definition.id} definition={definition} value={first.attributes[definition.id] ?? null} onChange={(value) => onEdit(setAttribute(selection, definition.id, value))} />
      )) : null}
      {alike ? <Strangers annotation={first} label={label} /> : null}
      {selection.length === 1 && first.geometry.kind !== 'segment' ? <TextOf key={first.id} annotation={first} onEdit={onEdit} /> : null}
    </form>
  )
}

const directions: readonly TextDirection[] = ['auto', 'ltr', 'rtl', 'vertical']

function TextOf({ annotation, onEdit }: { readonly annotation: Annotation; readonly onEdit: Props['onEdit'] }) {
  return (
    <>
      <TextEditor annotation={annotation} label={words.text} rows={3} onEdit={onEdit} />
      <Select size="small" label={words.direction} value={annotation.direction} onChange={(direction) => onEdit(setDirection([annotation], direction))} options={directions.map((value) => ({ value, label: words.directions[value] }))} />
    </>
  )
}

interface TextEditorProps {
  readonly annotation: Annotation
  readonly label: string
  readonly rows: number
  readonly onEdit: Props['onEdit']
}

const pauseMs = 1500

/**
 * A multi-line text. It is saved when the person pauses, leaves the field, presses Ctrl+Enter or goes elsewhere, so
 * that what was typed is never only here.
 */
export function TextEditor({ annotation, label, rows, onEdit }: TextEditorProps) {
  const stored = annotation.text ?? ''
  const [shown, setShown] = useState(stored)
  const [draft, setDraft] = useState(stored)
  if (shown !== stored) {
    setShown(stored)
    // What was typed since the last save stays; an undo or another window's text replaces what was saved.
    if (draft === shown) setDraft(stored)
  }
  const commit = () => {
    const text = draft.normalize('NFC')
    if (text !== stored) onEdit(text === '' ? editAll('clear text', [annotation], () => ({ text: null })) : setText([annotation], text))
  }
  const newest = useRef(commit)
  useEffect(() => { newest.current = commit })
  useEffect(() => () => newest.current(), [])
  useEffect(() => {
    const timer = setTimeout(() => newest.current(), pauseMs)
    return () => clearTimeout(timer)
  }, [draft])
  const vertical = annotation.direction === 'vertical'
  return (
    <Field label={label} hint={words.textHint}>
      {(ids) => (
        <textarea {...ids} className="q-input" rows={rows} value={draft} spellCheck={false} data-text-of={annotation.id} lang={annotation.language ?? undefined}
          dir={vertical ? 'auto' : annotation.direction} style={vertical ? { writingMode: 'vertical-rl' } : undefined}
          onChange={(event) => setDraft(event.target.value)} onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); commit() }
            if (event.key === 'Escape') { event.preventDefault(); event.currentTarget.blur() }
          }} />
      )}
    </Field>
  )
}
