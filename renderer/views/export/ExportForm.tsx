import { Plus, X } from 'lucide-react'
import type { FormatRow, ProjectState } from '#shared/contract/api.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { NumberField, TextField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { partIsNamed, type Choices, type Part } from './request.ts'
import { words } from './words.ts'

interface Props { readonly choices: Choices; readonly onChange: (choices: Choices) => void; readonly formats: readonly FormatRow[]; readonly layers: ProjectState['layers'] }

export function ExportForm({ choices, onChange, formats, layers }: Props) {
  const put = (changed: Partial<Choices>) => onChange({ ...choices, ...changed })
  const layerOptions = [{ value: '', label: words.layerAuto }, ...layers.map(({ layer, annotations }) => ({ value: layer as string, label: `${layer} (${annotations.toLocaleString()})` }))]
  return (
    <>
      <Select label={words.format} value={choices.format} options={formats.map(({ id, name }) => ({ value: id, label: name }))} onChange={(format) => put({ format })} />
      <Select label={words.layer} value={choices.layer ?? ''} options={layerOptions} onChange={(layer) => put({ layer: layer === '' ? null : layer })} />
      <Checkbox label={words.drafts} hint={words.draftsHint} checked={choices.includeDrafts} onChange={(includeDrafts) => put({ includeDrafts })} />
      <Checkbox label={words.split} hint={words.splitHint} checked={choices.split} onChange={(split) => put({ split })} />
      {choices.split ? <SplitForm choices={choices} put={put} /> : null}
    </>
  )
}

function SplitForm({ choices, put }: { readonly choices: Choices; readonly put: (changed: Partial<Choices>) => void }) {
  const { parts } = choices
  const change = (index: number, changed: Partial<Part>) => put({ parts: parts.map((part, at) => (at === index ? { ...part, ...changed } : part)) })
  return (
    <div className="export__split" role="group" aria-label={words.split}>
      {parts.map((part, index) => (
        // Parts have no identity but their place: a name may be typed anew.
        // eslint-disable-next-line react/no-array-index-key
        <div key={index} className="export__part">
          <TextField label={words.part} hideLabel value={part.name} error={partIsNamed(parts, index) ? null : words.badPart} onChange={(name) => change(index, { name })} />
          <NumberField label={words.share} hideLabel value={part.percent} min={0.001} complaint={words.badShare} onCommit={(percent) => { if (percent !== null) change(index, { percent }) }} />
          <IconButton label={words.removePart(part.name)} disabled={parts.length === 1} onClick={() => put({ parts: parts.filter((_, at) => at !== index) })}><X /></IconButton>
        </div>
      ))}
      <div><Button size="small" onClick={() => put({ parts: [...parts, { name: `${words.newPart}${parts.length + 1}`, percent: 10 }] })}><Plus />{words.addPart}</Button></div>
      <NumberField label={words.seed} value={choices.seed} complaint={words.badSeed} onCommit={(seed) => { if (seed !== null) put({ seed: Math.trunc(seed) }) }} />
      <TextField label={words.groupBy} hint={words.groupHint} value={choices.groupBy} onCommit={(groupBy) => put({ groupBy })} />
      <Checkbox label={words.stratify} checked={choices.stratify} onChange={(stratify) => put({ stratify })} />
    </div>
  )
}
