import { useState } from 'react'
import { Button } from '#renderer/ui/Button.tsx'
import { TextArea } from '#renderer/ui/Field.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { words } from './words.ts'

/** What the guideline leaves open, kept with this dispute as its example. */
export function UnclearForm({ onSave, onCancel }: { readonly onSave: (note: string) => void; readonly onCancel: () => void }) {
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const save = () => {
    setTried(true)
    if (note.trim() !== '') onSave(note.trim())
  }
  return (
    <section className="card card--edit" aria-label={words.unclear}>
      <TextArea label={words.noteTitle} hint={words.noteHint} error={tried && note.trim() === '' ? words.noteMissing : null} value={note} rows={4} onChange={setNote} />
      <div className="card__foot"><Button tone="primary" onClick={save}>{words.saveNote}</Button><Button onClick={onCancel}>{words.cancel}<KeyHint keys="Escape" /></Button></div>
    </section>
  )
}
