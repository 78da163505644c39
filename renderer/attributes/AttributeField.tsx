import type { Annotation } from '#shared/model/annotation.ts'
import type { AttributeDefinition, AttributeValue } from '#shared/model/attribute.ts'
import type { Label } from '#shared/model/label.ts'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { NumberField, TextField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import './attributes.css'
import { words } from './words.ts'

interface Props {
  readonly definition: AttributeDefinition
  readonly value: AttributeValue | null
  readonly onChange: (value: AttributeValue | null) => void
}

/** One question of a label about an annotation, and its answer; null takes the answer away. */
export function AttributeField({ definition, value, onChange }: Props) {
  const missing = definition.required && value === null
  const label = <>{definition.name}{missing ? <em className="needed"> {words.required}</em> : null}</>
  switch (definition.type) {
    case 'text':
      return <TextField size="small" label={label} value={typeof value === 'string' ? value : ''} onCommit={(text) => onChange(text === '' ? null : text)} />
    case 'number':
      return <NumberField size="small" label={label} value={typeof value === 'number' ? value : null} min={definition.min ?? undefined} max={definition.max ?? undefined} complaint={words.rangeComplaint(definition.min, definition.max)} onCommit={onChange} />
    case 'checkbox':
      return <Checkbox label={label} checked={value === true} onChange={onChange} />
    case 'select':
      return <Select size="small" label={definition.name} value={typeof value === 'string' ? value : ''} onChange={(option) => onChange(option === '' ? null : option)} options={[{ value: '', label: missing ? words.required : '—' }, ...definition.options.map((option) => ({ value: option, label: option }))]} />
    case 'multi-select': {
      const chosen = Array.isArray(value) ? value : []
      return (
        <fieldset className="multi">
          <legend>{label}</legend>
          {definition.options.map((option) => (
            <Checkbox key={option} label={option} checked={chosen.includes(option)} onChange={(on) => onChange(on ? [...chosen, option] : chosen.filter((other) => other !== option))} />
          ))}
        </fieldset>
      )
    }
  }
}

/** Values that came with an import and that the schema does not ask about: shown, kept, not edited. */
export function Strangers({ annotation, label }: { readonly annotation: Annotation; readonly label: Label | undefined }) {
  const known = new Set(label?.attributes.map(({ id }) => id))
  const strangers = Object.entries(annotation.attributes).filter(([id]) => !known.has(id))
  if (strangers.length === 0) return null
  return <dl className="strangers">{strangers.map(([id, value]) => <div key={id}><dt className="q-clip">{words.unknownAttribute(id)}</dt><dd className="q-clip q-selectable">{Array.isArray(value) ? value.join(', ') : String(value)}</dd></div>)}</dl>
}
