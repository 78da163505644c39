import { useEffect, useRef, useState } from 'react'
import { Button } from '#renderer/ui/Button.tsx'
import { TextArea } from '#renderer/ui/Field.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { cardKeys } from './cardKeys.ts'
import { words } from './words.ts'

/** What the guideline leaves open, kept with this dispute as its example. */
export function UnclearForm({ onSave, onCancel }: { readonly onSave: (note: string) => void; readonly onCancel: () => void }) {
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  const save = () => {
    setTried(true)
    if (note.trim() !== '') onSave(note.trim())
  }
  return (
    // Its fields have the focus; their keys come up to it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields inside, caught where they come by
    <section className="card card--edit" aria-label={words.unclear} onKeyDown={cardKeys(onCancel, save)}>
      <TextArea ref={field} label={words.noteTitle} hint={words.noteHint} error={tried && note.trim() === '' ? words.noteMissing : null} value={note} rows={4} onChange={setNote} />
      <div className="card__foot"><Button tone="primary" onClick={save}>{words.saveNote}<KeyHint keys="Mod+Enter" /></Button><Button onClick={onCancel}>{words.cancel}<KeyHint keys="Escape" /></Button></div>
    </section>
  )
}
