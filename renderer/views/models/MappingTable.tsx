import { useState } from 'react'
import type { Label } from '#shared/model/label.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { mappedCount, type Choice, type Choices } from './mapping.ts'
import { words } from './words.ts'

interface Props {
  readonly classes: readonly string[]
  readonly labels: readonly Label[]
  readonly choices: Choices
  readonly onChange: (choices: Choices) => void
}

const said = words.start

/** Which label each class of a model becomes. */
export function MappingTable({ classes, labels, choices, onChange }: Props) {
  const [text, setText] = useState('')
  const [onlyOpen, setOnlyOpen] = useState(false)
  const [openOnes, setOpenOnes] = useState<ReadonlySet<string>>(new Set())
  // A class that is decided stays in sight until the choice of rows changes.
  const shown = classes.filter((name) => name.toLowerCase().includes(text.trim().toLowerCase()) && (!onlyOpen || openOnes.has(name)))
  const undecided = classes.filter((name) => choices[name] === 'open')
  if (classes.length === 0) return <p className="q-muted">{said.noClasses}</p>
  return (
    <section className="mapping" aria-label={said.map}>
      <p className="q-muted">{said.mapped(mappedCount(choices), classes.length)}</p>
      {classes.length > 8 ? (
        <div className="mapping__tools">
          <TextField label={said.find} hideLabel size="small" type="search" placeholder={said.find} value={text} onChange={setText} />
          <Checkbox label={said.onlyOpen} checked={onlyOpen} onChange={(on) => { setOnlyOpen(on); setOpenOnes(new Set(undecided)) }} />
        </div>
      ) : null}
      {/* It scrolls, so keys must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="mapping__rows" role="group" aria-label={said.map} tabIndex={0}>
        {shown.length === 0 ? <p className="q-muted">{said.noneLeft}</p> : null}
        {shown.map((name) => (
          <div key={name} className="mapping__row">
            <span className="q-clip" dir="auto" title={name}>{name}</span>
            <Select<Choice> size="small" label={`${said.label}: ${name}`} hideLabel value={choices[name] ?? 'open'} onChange={(choice) => onChange({ ...choices, [name]: choice })}
              options={[{ value: 'open', label: said.open }, { value: 'none', label: said.none }, { value: 'new', label: said.make(name) }, ...labels.map(({ id, name: label }) => ({ value: id, label }))]} />
          </div>
        ))}
      </div>
      {undecided.length > 0 ? <div><Button size="small" onClick={() => onChange({ ...choices, ...Object.fromEntries(undecided.map((name) => [name, 'new' as const])) })}>{said.makeAll} ({undecided.length})</Button></div> : null}
    </section>
  )
}
