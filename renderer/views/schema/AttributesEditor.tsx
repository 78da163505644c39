import { ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { AttributeDefinition } from '#shared/model/attribute.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { NumberField, TextArea, TextField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { newAttribute, optionsFrom, retyped, withOptions } from './edits.ts'
import { words } from './words.ts'

interface Props { readonly attributes: readonly AttributeDefinition[]; readonly onChange: (attributes: AttributeDefinition[]) => void }

/** What a label asks about each of its annotations. */
export function AttributesEditor({ attributes, onChange }: Props) {
  const put = (index: number, next: AttributeDefinition) => onChange(attributes.map((attribute, at) => (at === index ? next : attribute)))
  const raise = (index: number) => onChange(attributes.map((attribute, at) => (at === index ? attributes[at - 1]! : at === index - 1 ? attributes[index]! : attribute)))
  return (
    <section aria-label={words.attributes}>
      <div className="q-row" style={{ paddingBlockEnd: 8 }}>
        <h2 className="q-grow">{words.attributes}</h2>
        <Button size="small" onClick={() => onChange([...attributes, newAttribute(attributes.map(({ name }) => name), words.newAttribute)])}><Plus />{words.addAttribute}</Button>
      </div>
      {attributes.length === 0 ? <p className="q-muted">{words.noAttributes}</p> : null}
      {attributes.map((attribute, index) => (
        <AttributeRow key={attribute.id} attribute={attribute} onChange={(next) => put(index, next)} onRemove={() => onChange(attributes.filter((_, at) => at !== index))} onRaise={index === 0 ? null : () => raise(index)} />
      ))}
    </section>
  )
}

interface RowProps { readonly attribute: AttributeDefinition; readonly onChange: (next: AttributeDefinition) => void; readonly onRemove: () => void; readonly onRaise: (() => void) | null }

const types = ['text', 'number', 'checkbox', 'select', 'multi-select'] as const

function AttributeRow({ attribute, onChange, onRemove, onRaise }: RowProps) {
  return (
    <div className="schema__attribute" role="group" aria-label={attribute.name}>
      <TextField label={words.attributeName} value={attribute.name} maxLength={200} onCommit={(name) => { if (name.trim() !== '') onChange({ ...attribute, name: name.trim() }) }} />
      <Select label={words.attributeType} value={attribute.type} options={types.map((type) => ({ value: type, label: words.types[type] }))} onChange={(type) => { if (type !== attribute.type) onChange(retyped(attribute, type, words.newOption)) }} />
      <div className="q-row" style={{ gap: 0 }}>
        <IconButton label={words.up(attribute.name)} disabled={onRaise === null} onClick={() => onRaise?.()}><ArrowUp /></IconButton>
        <IconButton label={words.removeAttribute(attribute.name)} onClick={onRemove}><Trash2 /></IconButton>
      </div>
      <div className="schema__more"><Details attribute={attribute} onChange={onChange} /><Checkbox label={words.required} checked={attribute.required} onChange={(required) => onChange({ ...attribute, required })} /></div>
    </div>
  )
}

type DetailsProps = Pick<RowProps, 'attribute' | 'onChange'>

function Details({ attribute, onChange }: DetailsProps) {
  switch (attribute.type) {
    case 'text': return <TextField label={words.default} placeholder={words.noDefault} value={attribute.default ?? ''} onCommit={(value) => onChange({ ...attribute, default: value === '' ? null : value })} />
    case 'number': return <NumberDetails attribute={attribute} onChange={onChange} />
    case 'checkbox': return (
      <Select label={words.default} value={attribute.default === null ? '' : attribute.default ? 'yes' : 'no'} onChange={(value) => onChange({ ...attribute, default: value === '' ? null : value === 'yes' })}
        options={[{ value: '', label: words.noDefault }, { value: 'yes', label: words.yes }, { value: 'no', label: words.no }]} />
    )
    case 'select': return <>
      <OptionsField attribute={attribute} onChange={onChange} />
      <Select label={words.default} value={attribute.default ?? ''} onChange={(value) => onChange({ ...attribute, default: value === '' ? null : value })}
        options={[{ value: '', label: words.noDefault }, ...attribute.options.map((option) => ({ value: option, label: option }))]} />
    </>
    case 'multi-select': return <>
      <OptionsField attribute={attribute} onChange={onChange} />
      <div className="q-field">
        <span className="q-field__label">{words.default}</span>
        {attribute.options.map((option) => (
          <Checkbox key={option} label={option} checked={attribute.default?.includes(option) ?? false} onChange={(checked) => {
            const chosen = attribute.options.filter((other) => (other === option ? checked : attribute.default?.includes(other)))
            onChange({ ...attribute, default: chosen.length === 0 ? null : chosen })
          }} />
        ))}
      </div>
    </>
  }
}

function NumberDetails({ attribute, onChange }: { readonly attribute: Extract<AttributeDefinition, { type: 'number' }>; readonly onChange: DetailsProps['onChange'] }) {
  const { min, max } = attribute
  const range = { min: min ?? undefined, max: max ?? undefined }
  const outside = (value: number | null, least: number | null, most: number | null) => value !== null && ((least !== null && value < least) || (most !== null && value > most))
  const put = (next: { min: number | null; max: number | null }) => onChange({ ...attribute, ...next, default: outside(attribute.default, next.min, next.max) ? null : attribute.default })
  return (
    <>
      <NumberField label={words.min} placeholder={words.noDefault} value={min} max={range.max} complaint={words.badRange} onCommit={(value) => put({ min: value, max })} />
      <NumberField label={words.max} placeholder={words.noDefault} value={max} min={range.min} complaint={words.badRange} onCommit={(value) => put({ min, max: value })} />
      <NumberField label={words.default} placeholder={words.noDefault} value={attribute.default} {...range} complaint={words.badNumber} onCommit={(value) => onChange({ ...attribute, default: value })} />
    </>
  )
}

function OptionsField({ attribute, onChange }: { readonly attribute: Extract<AttributeDefinition, { options: string[] }>; readonly onChange: DetailsProps['onChange'] }) {
  const [empty, setEmpty] = useState(false)
  const commit = (text: string) => {
    const options = optionsFrom(text)
    setEmpty(options.length === 0)
    if (options.length > 0) onChange(withOptions(attribute, options))
  }
  return <TextArea label={words.options} rows={3} error={empty ? words.optionsEmpty : null} value={attribute.options.join('\n')} onCommit={commit} />
}
