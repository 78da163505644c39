import { useState } from 'react'
import type { AssetFilter, ProjectState } from '#shared/contract/api.ts'
import type { ModelRow } from '#shared/contract/prelabel.ts'
import { isEmpty } from '#shared/model/diff.ts'
import type { AssetId } from '#shared/model/id.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { Button } from '#renderer/ui/Button.tsx'
import { Segmented } from '#renderer/ui/Choice.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { NumberField } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { firstChoices, mappingDiff, type Choices } from './mapping.ts'
import { MappingTable } from './MappingTable.tsx'
import './models.css'
import { drafts, useModels } from './useModels.ts'
import { words } from './words.ts'

interface Props {
  readonly open: ProjectState
  /** Chosen beforehand. */
  readonly model: string | null
  readonly asset: AssetId | null
  readonly filter: AssetFilter | null
}

const said = words.start

/** Which model looks at which items, and what its classes become; the work itself is a job of the host. */
export function PrelabelDialog(props: Props) {
  const session = useSession()
  const { models } = useModels()
  const usable = models?.filter(drafts) ?? []
  const [id, setId] = useState(props.model)
  const model = usable.find((each) => each.id === id) ?? usable.find(({ problem }) => problem === null) ?? usable[0]
  const close = () => session.show(null)
  if (models !== null && model) return <Form key={model.id} {...props} model={model} usable={usable} onModel={setId} />
  return (
    <Dialog title={said.title} closeLabel={words.close} onClose={close} width={620}>
      {models === null ? <SkeletonRows label={words.loading} /> : <EmptyState title={words.none}>{words.noneHint}</EmptyState>}
    </Dialog>
  )
}

type Items = 'one' | 'filter' | 'all'

function Form({ open, asset, filter, model, usable, onModel }: Omit<Props, 'model'> & { readonly model: ModelRow; readonly usable: readonly ModelRow[]; readonly onModel: (id: string) => void }) {
  const session = useSession()
  const [items, setItems] = useState<Items>(asset !== null ? 'one' : 'all')
  const [threshold, setThreshold] = useState(model.threshold)
  const [choices, setChoices] = useState<Choices>(() => firstChoices(model.classes, open.labels, open.project.assistance?.mappings[model.id] ?? {}))
  const [starting, setStarting] = useState(false)
  const close = () => session.show(null)
  const start = async () => {
    setStarting(true)
    const diff = mappingDiff(open.project, model.id, choices, open.labels)
    if (!isEmpty(diff)) session.applyToProject(said.change(model.name), diff)
    await session.queue()?.settled()
    const started = await session.attempt(() => session.client.call('prelabel.start', {
      model: model.id, assets: items === 'one' && asset !== null ? [asset] : null, filter: items === 'filter' ? filter : null, threshold: threshold === model.threshold ? null : threshold,
    }))
    setStarting(false)
    if (started !== null) close()
  }
  const footer = <><Button onClick={close}>{words.cancel}</Button><Button tone="primary" disabled={starting || model.problem !== null || open.readOnly !== null} onClick={() => void start()}>{said.begin}</Button></>
  const options = [...(asset === null ? [] : [{ value: 'one' as const, label: said.one }]), ...(filter === null ? [] : [{ value: 'filter' as const, label: said.filter }]), { value: 'all' as const, label: said.all }]
  return (
    <Dialog title={said.title} closeLabel={words.close} onClose={close} footer={footer} width={620}>
      <Select label={said.model} value={model.id} onChange={onModel} options={usable.map(({ id, name, task }) => ({ value: id, label: `${name} · ${words.tasks[task]}` }))} />
      {model.problem === null ? null : <Notice tone="problem">{said.problem} {model.problem}</Notice>}
      {options.length > 1 ? <Segmented<Items> label={said.items} value={items} onChange={setItems} options={options} /> : <p><span className="q-field__label">{said.items}</span><br />{said.all}</p>}
      <NumberField label={said.threshold} value={threshold} min={0} max={1} step={0.05} complaint={words.own.share} onCommit={(value) => setThreshold(value ?? model.threshold)} />
      <div className="q-column"><span className="q-field__label">{said.map}</span><MappingTable classes={model.classes} labels={open.labels} choices={choices} onChange={setChoices} /></div>
    </Dialog>
  )
}
