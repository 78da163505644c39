import type { Annotation } from '#shared/model/annotation.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { NumberField, TextArea } from '#renderer/ui/Field.tsx'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { cardKeys } from './cardKeys.ts'
import { words } from './words.ts'

interface Props {
  readonly annotations: readonly Annotation[]
  readonly labels: readonly Label[]
  /** Seconds; null for a picture. */
  readonly duration: number | null
  readonly onChange: (annotations: readonly Annotation[]) => void
  readonly onSave: () => void
  readonly onCancel: () => void
}

/** The adjudicator's own answer: begun from the estimate; shapes are dragged on the picture, the rest is said here. */
export function EditPanel({ annotations, labels, duration, onChange, onSave, onCancel }: Props) {
  const put = (id: string, change: Partial<Annotation>) => onChange(annotations.map((annotation) => (annotation.id === id ? { ...annotation, ...change } : annotation)))
  return (
    // Its fields have the focus; their keys come up to it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="card card--edit" aria-label={words.edit} onKeyDown={cardKeys(onCancel)}>
      {annotations.map((annotation) => (
        <div key={annotation.id} className="q-column">
          <Select label={words.label} value={annotation.label ?? ''} options={[{ value: '' as string, label: words.noLabel }, ...labels.map(({ id, name }) => ({ value: id as string, label: name }))]} onChange={(label) => put(annotation.id, { label: label === '' ? null : (label as LabelId) })} />
          {annotation.text === null && annotation.geometry.kind !== 'text-line' && duration === null ? null : <TextArea label={words.text} value={annotation.text ?? ''} rows={3} onChange={(text) => put(annotation.id, { text })} />}
          {annotation.geometry.kind === 'segment' && duration !== null ? <Ends geometry={annotation.geometry} duration={duration} onChange={(geometry) => put(annotation.id, { geometry })} /> : null}
        </div>
      ))}
      <div className="card__foot">
        <Button tone="primary" onClick={onSave}>{words.save}<KeyHint keys="Mod+Enter" /></Button>
        <Button onClick={onCancel}>{words.cancel}<KeyHint keys="Escape" /></Button>
      </div>
    </section>
  )
}

type SegmentGeometry = Extract<Annotation['geometry'], { kind: 'segment' }>

function Ends({ geometry, duration, onChange }: { readonly geometry: SegmentGeometry; readonly duration: number; readonly onChange: (geometry: SegmentGeometry) => void }) {
  const { start, end, rate } = geometry
  const put = (seconds: number | null, which: 'start' | 'end') => {
    if (seconds === null) return
    const ticks = Math.round(seconds * rate)
    onChange(which === 'start' ? { ...geometry, start: Math.min(ticks, end) } : { ...geometry, end: Math.max(ticks, start) })
  }
  return (
    <div className="q-row">
      <NumberField label={`${words.start} (${words.seconds})`} value={Number((start / rate).toFixed(3))} min={0} max={duration} step={0.01} complaint={words.secondsComplaint} onCommit={(value) => put(value, 'start')} />
      <NumberField label={`${words.end} (${words.seconds})`} value={Number((end / rate).toFixed(3))} min={0} max={duration} step={0.01} complaint={words.secondsComplaint} onCommit={(value) => put(value, 'end')} />
    </div>
  )
}
