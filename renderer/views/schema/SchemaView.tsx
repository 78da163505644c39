import { History, Plus, Tags } from 'lucide-react'
import { useEffect, useState, type DragEvent, type KeyboardEvent } from 'react'
import type { Output, ProjectState } from '#shared/contract/api.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState, GlyphChip, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { Popover } from '#renderer/ui/Popover.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { useCommands, useProject, useSession } from '#renderer/frame/context.tsx'
import { goTo } from '#renderer/frame/route.ts'
import { UndoButtons } from '#renderer/frame/UndoButtons.tsx'
import { useProjectHistory } from '#renderer/frame/useProjectHistory.ts'
import { inOrder, moved, newLabel } from './edits.ts'
import { LabelForm } from './LabelForm.tsx'
import './schema.css'
import { words } from './words.ts'

/** The labels of the project: what they are called, how they look, what they ask. */
export function SchemaView() {
  const open = useProject()
  if (open === null) return <EmptyState icon={<Tags />} title={words.noProject} actions={<Button tone="primary" onClick={() => goTo('projects')}>{words.projects}</Button>}>{words.noProjectHint}</EmptyState>
  return <Schema key={open.path} open={open} />
}

function Schema({ open }: { readonly open: ProjectState }) {
  const session = useSession()
  const history = useProjectHistory()
  const labels = inOrder(open.labels)
  const [chosen, setChosen] = useState<LabelId | null>(labels[0]?.id ?? null)
  const label = labels.find(({ id }) => id === chosen) ?? labels[0]
  const add = () => {
    const made = newLabel(labels, words.newName)
    session.applyToProject(words.addChange, made.diff)
    setChosen(made.label.id)
  }
  useCommands([{ id: 'schema.add', name: words.add, group: words.title, keys: ['A'], run: add }])
  return (
    <div className="schema">
      <div className="schema__bar">
        <h2>{words.title}</h2>
        <UndoButtons {...history} />
        <Popover label={words.versions} align="end" trigger={<Button><History />{words.versions}</Button>}><Versions revision={open.revision} /></Popover>
        <Button tone="primary" onClick={add}><Plus />{words.add}</Button>
      </div>
      {label === undefined ? <EmptyState icon={<Tags />} title={words.none} actions={<Button tone="primary" onClick={add}><Plus />{words.add} <Kbd keys="A" /></Button>}>{words.noneHint}</EmptyState> : (
        <div className="schema__body">
          <LabelList labels={labels} chosen={label} onChoose={setChosen} />
          <div className="schema__edit"><LabelForm key={label.id} label={label} labels={labels} /></div>
        </div>
      )}
    </div>
  )
}

interface ListProps { readonly labels: readonly Label[]; readonly chosen: Label; readonly onChoose: (id: LabelId) => void }

function LabelList({ labels, chosen, onChoose }: ListProps) {
  const session = useSession()
  const [find, setFind] = useState('')
  const shown = find === '' ? labels : labels.filter(({ name }) => name.toLocaleLowerCase().includes(find.toLocaleLowerCase()))
  const move = (from: number, to: number) => { if (from !== to && to >= 0 && to < labels.length) session.applyToProject(words.reorder, moved(labels, from, to)) }
  const key = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!event.altKey || by === undefined) return
    event.preventDefault()
    const at = labels.indexOf(chosen)
    move(at, at + by)
  }
  return (
    <div className="schema__list" onKeyDown={key}>
      <div className="schema__find"><TextField label={words.find} hideLabel placeholder={words.find} size="small" value={find} onChange={setFind} /></div>
      <VirtualList label={words.title} role="listbox" count={shown.length} rowHeight={30} rowKey={(index) => shown[index]!.id} selected={Math.max(0, shown.indexOf(chosen))}
        onSelect={(index) => { const label = shown[index]; if (label !== undefined) onChoose(label.id) }}
        renderRow={(index) => <LabelRow label={shown[index]!} onDrop={(from, after) => { const to = labels.indexOf(shown[index]!) + (after ? 1 : 0); move(from, from < to ? to - 1 : to) }} at={labels.indexOf(shown[index]!)} />} />
      <p className="schema__hint q-muted q-small">{words.moveHint}</p>
    </div>
  )
}

const dragType = 'application/x-quorum-label'

function LabelRow({ label, at, onDrop }: { readonly label: Label; readonly at: number; readonly onDrop: (from: number, after: boolean) => void }) {
  const [side, setSide] = useState<'before' | 'after' | null>(null)
  const over = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(dragType)) return
    event.preventDefault()
    const { top, height } = event.currentTarget.getBoundingClientRect()
    setSide(event.clientY < top + height / 2 ? 'before' : 'after')
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    onDrop(Number(event.dataTransfer.getData(dragType)), side === 'after')
    setSide(null)
  }
  return (
    <div className="schema__row" draggable data-drop={side ?? undefined} onDragStart={(event) => event.dataTransfer.setData(dragType, String(at))} onDragOver={over} onDragLeave={() => setSide(null)} onDrop={dropped}>
      <GlyphChip path={glyphPath(label.glyph)} color={label.color} /><span className="q-clip q-grow"><bdi>{label.name}</bdi></span>{label.hotkey === null ? null : <Kbd keys={label.hotkey} />}
    </div>
  )
}

function Versions({ revision }: { readonly revision: number }) {
  const session = useSession()
  const [versions, setVersions] = useState<Output<'labels.versions'>['versions'] | null>(null)
  useEffect(() => {
    let current = true
    void session.attempt(() => session.client.call('labels.versions', {})).then((answer) => { if (current) setVersions(answer?.versions ?? []) })
    return () => { current = false }
  }, [session, revision])
  if (versions === null) return <SkeletonRows label={words.loading} rows={3} />
  return (
    <div className="q-column">
      <p className="q-muted q-small">{words.versionsExplain}</p>
      <ul className="schema__versions">
        {versions.toSorted((a, b) => b.version - a.version).map((version) => (
          <li key={version.version}><strong>{words.version(version.version)}</strong> · {version.name}<br /><span className="q-muted q-small"><bdi>{version.author}</bdi> · {words.at(version.at)}</span></li>
        ))}
      </ul>
    </div>
  )
}
