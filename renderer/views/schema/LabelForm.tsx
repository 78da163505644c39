import { RadioGroup } from 'radix-ui'
import { useState, type CSSProperties, type KeyboardEvent } from 'react'
import { updating } from '#shared/model/diff.ts'
import { GeometryKind } from '#shared/model/geometry.ts'
import type { Label } from '#shared/model/label.ts'
import { labelColors } from '#shared/model/palette.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { Field, TextField } from '#renderer/ui/Field.tsx'
import { glyphNames, glyphPath } from '#renderer/ui/glyph.ts'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { useSession } from '#renderer/frame/context.tsx'
import { keyOf } from '#renderer/frame/keys.ts'
import { AttributesEditor } from './AttributesEditor.tsx'
import { RetireDialog } from './RetireDialog.tsx'
import { words } from './words.ts'

interface Props { readonly label: Label; readonly labels: readonly Label[] }

/** Everything about one label; each edit is saved when it is made. */
export function LabelForm({ label, labels }: Props) {
  const session = useSession()
  const [retiring, setRetiring] = useState<'merge' | 'remove' | null>(null)
  const others = labels.filter(({ id }) => id !== label.id)
  const edit = (changed: Partial<Label>, name = words.edit) => session.applyToProject(name, updating([label, { ...label, ...changed }]))
  return (
    <div className="schema__form">
      <div className="schema__pair">
        <NameField label={label} others={others} onName={(name) => edit({ name }, words.rename)} />
        <HotkeyField label={label} others={others} onKey={(hotkey) => edit({ hotkey })} />
      </div>
      <ColorField color={label.color} onColor={(color) => edit({ color })} />
      <Marks label={words.glyph} value={label.glyph} onChange={(glyph) => edit({ glyph })} options={glyphNames.map((glyph) => ({ value: glyph, name: glyph, mark: <GlyphChip path={glyphPath(glyph)} color={label.color} size={18} /> }))} />
      <KindsField kinds={label.kinds} onKinds={(kinds) => edit({ kinds })} />
      <TextField label={words.parent} hint={words.parentHint} value={label.parent ?? ''} onCommit={(parent) => edit({ parent: parent.trim() === '' ? null : parent.trim() })} />
      <AttributesEditor attributes={label.attributes} onChange={(attributes) => edit({ attributes })} />
      <div className="q-row">
        <Button disabled={others.length === 0} onClick={() => setRetiring('merge')}>{words.merge}</Button><Button onClick={() => setRetiring('remove')}>{words.remove}</Button>
      </div>
      {retiring === null ? null : <RetireDialog label={label} others={others} mode={retiring} onClose={() => setRetiring(null)} />}
    </div>
  )
}

function NameField({ label, others, onName }: { readonly label: Label; readonly others: readonly Label[]; readonly onName: (name: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null)
  const wanted = draft?.normalize('NFC').trim()
  const complaint = wanted === '' ? words.nameEmpty : wanted !== undefined && others.some(({ name }) => name === wanted) ? words.nameTaken : null
  const commit = () => { if (complaint === null && wanted !== undefined && wanted !== label.name) onName(wanted); if (complaint === null) setDraft(null) }
  return (
    <TextField label={words.name} value={draft ?? label.name} maxLength={200} error={complaint} onChange={setDraft} onBlur={commit}
      onKeyDown={(event) => { if (event.key === 'Enter') commit(); if (event.key === 'Escape') setDraft(null) }} />
  )
}

function HotkeyField({ label, others, onKey }: { readonly label: Label; readonly others: readonly Label[]; readonly onKey: (key: string | null) => void }) {
  const [listening, setListening] = useState(false)
  const rival = label.hotkey === null ? undefined : others.find(({ hotkey }) => hotkey === label.hotkey)
  const pressed = (event: KeyboardEvent) => {
    if (!listening || event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const key = keyOf(event.nativeEvent)
    if (key === null) return
    setListening(false)
    if (key === 'Backspace') onKey(null)
    else if (key !== 'Escape' && key.length <= 20) onKey(key)
  }
  return (
    <Field label={words.hotkey} hint={words.hotkeyHint} error={rival === undefined ? null : words.hotkeyTaken(rival.name)}>
      {(ids) => (
        <Button id={ids.id} aria-describedby={ids['aria-describedby']} aria-pressed={listening} onClick={() => setListening(!listening)} onKeyDown={pressed} onBlur={() => setListening(false)}>
          {listening ? words.hotkeyPress : label.hotkey === null ? words.hotkeyNone : <Kbd keys={label.hotkey} />}
        </Button>
      )}
    </Field>
  )
}

interface MarksProps<Value extends string> {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: Value; readonly name: string; readonly mark: React.ReactNode }[]
  readonly onChange: (value: Value) => void
}

function Marks<Value extends string>({ label, value, options, onChange }: MarksProps<Value>) {
  return (
    <div className="q-field">
      <span className="q-field__label">{label}</span>
      <RadioGroup.Root className="schema__swatches" aria-label={label} value={value} onValueChange={(next) => onChange(next as Value)}>
        {options.map((option) => <RadioGroup.Item key={option.value} value={option.value} className="schema__swatch" aria-label={option.name} title={option.name}>{option.mark}</RadioGroup.Item>)}
      </RadioGroup.Root>
    </div>
  )
}

function ColorField({ color, onColor }: { readonly color: string; readonly onColor: (color: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null)
  return (
    <div className="q-row" style={{ alignItems: 'flex-end' }}>
      <Marks label={words.color} value={color.toLowerCase()} onChange={(next) => onColor(next)} options={labelColors.map((value) => ({ value, name: words.colorNames[value], mark: <i style={{ '--fill': value } as CSSProperties} /> }))} />
      <input type="color" className="schema__color" aria-label={words.otherColor} title={words.otherColor} value={draft ?? color} onChange={(event) => setDraft(event.target.value)}
        onBlur={() => { if (draft !== null && draft !== color) onColor(draft); setDraft(null) }} />
    </div>
  )
}

function KindsField({ kinds, onKinds }: { readonly kinds: readonly GeometryKind[]; readonly onKinds: (kinds: GeometryKind[]) => void }) {
  return (
    <fieldset className="q-field" style={{ border: 0, padding: 0, margin: 0 }}>
      <legend className="q-field__label" style={{ padding: 0, marginBlockEnd: 6 }}>{words.kinds} <span className="q-muted">{words.kindsHint}</span></legend>
      <div className="schema__kinds">
        {GeometryKind.options.map((kind) => (
          <Checkbox key={kind} label={words.kindNames[kind]} checked={kinds.includes(kind)} onChange={(checked) => onKinds(GeometryKind.options.filter((other) => (other === kind ? checked : kinds.includes(other))))} />
        ))}
      </div>
    </fieldset>
  )
}
