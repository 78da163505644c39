import { Copy, PenLine, SquareSplitHorizontal, Trash2, Undo2, Combine } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Bounds } from '#shared/geometry/point.ts'
import { AnnotationFlag, type Annotation } from '#shared/model/annotation.ts'
import type { AttributeValue } from '#shared/model/attribute.ts'
import type { LabelId, TierId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Tier } from '#shared/model/tier.ts'
import { AttributeField, Strangers } from '#renderer/attributes/AttributeField.tsx'
import { attributesUnder } from '#renderer/tools/attributes.ts'
import { Button, IconButton } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { NumberField, TextArea } from '#renderer/ui/Field.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { cardKeys } from './cardKeys.ts'
import { canDivide, canJoin, divided, duplicated, inHand, joined, removed, said, undone, type Editing } from './editing.ts'
import { words } from './words.ts'

interface Props {
  readonly editing: Editing
  readonly labels: readonly Label[]
  readonly tiers: readonly Tier[]
  /** The picture's own rectangle; null for a sound. */
  readonly extent: Bounds | null
  /** Seconds; null for a picture. */
  readonly duration: number | null
  /** Whether the next shape is being drawn; null where nothing can be drawn. */
  readonly drawing: boolean | null
  readonly disabled: boolean
  readonly onChange: (editing: Editing) => void
  readonly onDraw: () => void
  readonly onSave: () => void
  readonly onCancel: () => void
}

/** The adjudicator's own answer: begun from the estimate. One thing or several; shapes are dragged and drawn on the picture, the rest is said here. */
export function EditPanel(props: Props) {
  const { editing, labels, onSave, onCancel, disabled } = props
  const thing = inHand(editing)
  return (
    // Its fields have the focus; their keys come up to it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields inside, caught where they come by
    <section className="card card--edit card--fill" aria-label={words.edit} onKeyDown={cardKeys(onCancel)}>
      <Steps {...props} />
      {editing.things.length < 2 ? null : (
        <ul className="things" aria-label={words.yourThings}>
          {editing.things.map((one) => <li key={one.id}><button type="button" className="thing" aria-pressed={one.id === editing.chosen} onClick={() => props.onChange({ ...editing, chosen: one.id })}><Summary thing={one} labels={labels} /></button></li>)}
        </ul>
      )}
      <div className="card__fields">{thing === null ? null : <Fields key={thing.id} {...props} thing={thing} />}</div>
      <div className="card__foot">
        <Button tone="primary" disabled={disabled} onClick={onSave}>{words.save}<KeyHint keys="Mod+Enter" /></Button>
        <Button onClick={onCancel}>{words.cancel}<KeyHint keys="Escape" /></Button>
      </div>
    </section>
  )
}

function Steps({ editing, extent, drawing, onChange, onDraw }: Props) {
  const thing = inHand(editing)
  const { steps } = words
  return (
    <div className="card__head">
      <b className="q-grow q-clip">{words.yourAnswer}</b>
      {drawing === null ? null : <IconButton size="small" label={steps.draw} keys="D" aria-pressed={drawing} onClick={onDraw}><PenLine /></IconButton>}
      <IconButton size="small" label={steps.duplicate} keys="Mod+D" disabled={thing === null} onClick={() => onChange(duplicated(editing, extent))}><Copy /></IconButton>
      <IconButton size="small" label={steps.divide} keys="Mod+Shift+D" disabled={thing === null || !canDivide(thing.geometry)} onClick={() => onChange(divided(editing))}><SquareSplitHorizontal /></IconButton>
      <IconButton size="small" label={steps.join} keys="Mod+J" disabled={!canJoin(editing)} onClick={() => onChange(joined(editing))}><Combine /></IconButton>
      <IconButton size="small" label={steps.remove} keys="Delete" disabled={editing.things.length < 2} onClick={() => onChange(removed(editing))}><Trash2 /></IconButton>
      <IconButton size="small" label={steps.undo} keys="Mod+Z" disabled={editing.past.length === 0} onClick={() => onChange(undone(editing))}><Undo2 /></IconButton>
    </div>
  )
}

function Summary({ thing, labels }: { readonly thing: Annotation; readonly labels: readonly Label[] }) {
  const label = labels.find(({ id }) => id === thing.label)
  const { geometry, text } = thing
  return (
    <>
      {label === undefined ? null : <GlyphChip path={glyphPath(label.glyph)} color={label.color} size={12} />}
      <span className="q-clip">{label?.name ?? words.noLabel}</span>
      <span className="q-muted q-clip q-number">{geometry.kind === 'segment' ? `${(geometry.start / geometry.rate).toFixed(2)} – ${(geometry.end / geometry.rate).toFixed(2)} ${words.seconds}` : (text ?? '')}</span>
    </>
  )
}

function Fields({ editing, labels, tiers, duration, onChange, thing }: Props & { readonly thing: Annotation }) {
  const label = labels.find(({ id }) => id === thing.label)
  const { geometry, text, attributes } = thing
  const say = (change: Partial<Annotation>, of: string | null = null) => onChange(said(editing, change, of))
  const fitting = labels.filter(({ id, kinds }) => id === thing.label || kinds.length === 0 || kinds.includes(geometry.kind))
  const answer = (id: string, value: AttributeValue | null) => {
    const { [id]: _, ...others } = attributes
    say({ attributes: value === null ? others : { ...attributes, [id]: value } })
  }
  const relabel = (id: LabelId | '') => {
    const next = labels.find((one) => one.id === id) ?? null
    say({ label: next?.id ?? null, attributes: attributesUnder(next, attributes) })
  }
  return (
    <>
      <Select size="small" label={words.label} value={thing.label ?? ''} options={[{ value: '' as LabelId | '', label: words.noLabel }, ...fitting.map(({ id, name }) => ({ value: id as LabelId | '', label: name }))]} onChange={relabel} />
      {text === null && geometry.kind !== 'text-line' && duration === null ? null : <Words text={text ?? ''} direction={thing.direction} focus={duration !== null} onChange={(next) => say({ text: next, spans: [] }, 'text')} />}
      {geometry.kind === 'segment' && duration !== null ? <Ends geometry={geometry} duration={duration} onChange={(next) => say({ geometry: next })} /> : null}
      {geometry.kind === 'segment' && tiers.length > 1 ? <Select size="small" label={words.tier} value={geometry.tier} options={tiers.map(({ id, name }) => ({ value: id as TierId, label: name }))} onChange={(tier) => say({ geometry: { ...geometry, tier } })} /> : null}
      {label?.attributes.map((definition) => <AttributeField key={definition.id} definition={definition} value={attributes[definition.id] ?? null} onChange={(value) => answer(definition.id, value)} />)}
      <Strangers annotation={thing} label={label} />
      <fieldset className="flags">
        <legend>{words.flagsOf}</legend>
        {AnnotationFlag.options.map((flag) => <Checkbox key={flag} label={words.flags[flag]} checked={thing.flags.includes(flag)} onChange={(on) => say({ flags: on ? [...thing.flags, flag] : thing.flags.filter((other) => other !== flag) })} />)}
      </fieldset>
    </>
  )
}

function Words({ text, direction, focus, onChange }: { readonly text: string; readonly direction: Annotation['direction']; readonly focus: boolean; readonly onChange: (text: string) => void }) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => { if (focus) field.current?.focus() }, [focus])
  return <TextArea ref={field} label={words.text} value={text} rows={3} dir={direction === 'vertical' ? 'auto' : direction} onChange={onChange} />
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
      <NumberField size="small" label={`${words.start} (${words.seconds})`} value={Number((start / rate).toFixed(3))} min={0} max={duration} step={0.01} complaint={words.secondsComplaint} onCommit={(value) => put(value, 'start')} />
      <NumberField size="small" label={`${words.end} (${words.seconds})`} value={Number((end / rate).toFixed(3))} min={0} max={duration} step={0.01} complaint={words.secondsComplaint} onCommit={(value) => put(value, 'end')} />
    </div>
  )
}
