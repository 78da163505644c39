import { Boxes, ChartSpline, Plus, Ruler } from 'lucide-react'
import { useState } from 'react'
import type { ProjectState } from '#shared/contract/api.ts'
import type { ModelRow } from '#shared/contract/prelabel.ts'
import { useProject, useSession } from '#renderer/frame/context.tsx'
import { goTo } from '#renderer/frame/route.ts'
import { inferencePlaceOf } from '#renderer/inference/place.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { AlertDialog } from '#renderer/ui/Dialog.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { AddModelDialog } from './AddModelDialog.tsx'
import { ControlShare } from './ControlShare.tsx'
import './models.css'
import { drafts, useModels } from './useModels.ts'
import { words } from './words.ts'

/** What can draft on this machine, what each model is, and how much of the work people do without. */
export function ModelsView() {
  const open = useProject()
  if (open === null) return <EmptyState icon={<Boxes />} title={words.noProject} actions={<Button tone="primary" onClick={() => goTo('projects')}>{words.projects}</Button>}>{words.noProjectHint}</EmptyState>
  return <Models open={open} />
}

function Models({ open }: { readonly open: ProjectState }) {
  const session = useSession()
  const { models, refresh } = useModels()
  const [chosen, setChosen] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const at = Math.max(0, models?.findIndex(({ id }) => id === chosen) ?? 0)
  const model = models?.[at]
  return (
    <div className="models">
      <div className="models__bar">
        <h2>{words.title}</h2>
        <Button onClick={() => goTo('acceptance')}><ChartSpline />{words.fares}</Button>
        <Button tone="primary" onClick={() => setAdding(true)}><Plus />{words.add}</Button>
      </div>
      <div className="models__body">
        <div className="models__list">
          {models === null ? <div className="models__loading"><SkeletonRows label={words.loading} /></div> : null}
          {models === null ? null : <VirtualList label={words.list} count={models.length} rowHeight={48} selected={at} rowKey={(index) => models[index]!.id} rowLabel={(index) => rowName(models[index]!)} onSelect={(index) => setChosen(models[index]!.id)} renderRow={(index) => <Row model={models[index]!} />} />}
          <ControlShare open={open} />
        </div>
        <div className="models__detail">
          {model ? <Details key={model.id} model={model} readOnly={open.readOnly !== null} refresh={refresh} /> : models === null ? null : <EmptyState icon={<Boxes />} title={words.none}>{words.noneHint}</EmptyState>}
        </div>
      </div>
      {adding ? <AddModelDialog onClose={(added) => { setAdding(false); if (added !== null) { inferencePlaceOf(session).models.changed(); setChosen(added); void refresh() } }} /> : null}
    </div>
  )
}

const sizeOf = ({ files }: ModelRow) => files.reduce((sum, { bytes }) => sum + bytes, 0)
const latencyOf = ({ latencyMs }: ModelRow) => (latencyMs === null ? words.notMeasured : words.ms(latencyMs))
const rowName = (model: ModelRow) => `${model.name}, ${words.tasks[model.task]}, ${words.kinds[model.kind]}${model.problem === null ? '' : `, ${model.problem}`}`

function Row({ model }: { readonly model: ModelRow }) {
  return (
    <div className="models__row" data-problem={model.problem !== null || undefined}>
      <span className="q-clip models__name">{model.name}</span>
      <span className="q-clip q-muted q-small">{words.tasks[model.task]} · {model.problem ?? `${words.kinds[model.kind]} · ${latencyOf(model)}`}</span>
    </div>
  )
}

function Details({ model, readOnly, refresh }: { readonly model: ModelRow; readonly readOnly: boolean; readonly refresh: () => Promise<void> }) {
  const session = useSession()
  const [measuring, setMeasuring] = useState(false)
  const [removing, setRemoving] = useState(false)
  const { facts } = words
  const measure = async () => {
    setMeasuring(true)
    await session.attempt(() => session.client.call('models.measure', { model: model.id }))
    await refresh()
    setMeasuring(false)
  }
  const remove = async () => {
    setRemoving(false)
    const done = await session.attempt(() => session.client.call('models.remove', { model: model.id }))
    if (done !== null) {
      inferencePlaceOf(session).models.changed()
      session.toast({ tone: 'ok', text: words.removed(model.name) })
    }
    await refresh()
  }
  const rows: [string, string][] = [
    [facts.task, words.tasks[model.task]], [facts.kind, words.kinds[model.kind]], [facts.version, model.version], [facts.licence, model.licence], [facts.source, model.source], [facts.size, words.bytes(sizeOf(model))],
    [facts.latency, latencyOf(model)], [facts.backend, model.backend ?? '–'], [facts.threshold, words.percent(model.threshold)], [facts.classes, words.classes(model.classes)],
  ]
  return (
    <article className="models__sheet" aria-label={model.name}>
      <h2>{model.name}</h2>
      {model.problem === null ? null : <Notice tone="problem">{model.problem}</Notice>}
      <div className="q-row">
        {drafts(model) ? <Button tone="primary" disabled={readOnly || model.problem !== null} onClick={() => session.show({ kind: 'prelabel', model: model.id, asset: null, filter: null })}>{words.prelabel}</Button> : null}
        <Button disabled={measuring || model.problem !== null} onClick={() => void measure()}><Ruler />{measuring ? words.measuring : words.measure}</Button>
        {model.kind === 'own' ? <Button tone="danger" onClick={() => setRemoving(true)}>{words.remove}</Button> : null}
      </div>
      <dl className="models__facts">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd className="q-selectable" dir="auto">{value}</dd></div>)}</dl>
      {model.files.length > 0 ? <section><h3>{facts.files}</h3><ul className="models__files">{model.files.map(({ name, bytes, hash }) => <li key={name}><span>{name}</span><span>{words.bytes(bytes)}</span><code className="q-clip q-selectable" title={hash}>{hash.slice(0, 16)}…</code></li>)}</ul></section> : null}
      {removing ? <AlertDialog title={words.removeTitle(model.name)} description={words.removeText} confirm={words.removeDo} cancel={words.cancel} onConfirm={() => void remove()} onCancel={() => setRemoving(false)} /> : null}
    </article>
  )
}
