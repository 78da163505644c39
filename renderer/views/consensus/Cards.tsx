import type { ReactNode } from 'react'
import type { Annotation } from '#shared/model/annotation.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Picture } from '#renderer/editor/pictures.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { KeyHint } from '#renderer/ui/Kbd.tsx'
import { Crop } from './Crop.tsx'
import { absentLetters, estimateColor, present, signOf } from './shapes.ts'
import { sameAs, type Case, type Variant } from './variants.ts'
import { EstimatedText, VariantText } from './VariantText.tsx'
import { words } from './words.ts'

export interface CropSource { readonly picture: Picture; readonly width: number; readonly bounds: Bounds }

interface Props {
  readonly of: Case
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly crop: CropSource | null
  readonly estimates: readonly Annotation[]
  readonly ticked: ReadonlySet<string>
  readonly disabled: boolean
  readonly onTick: (letter: string, on: boolean) => void
  readonly onTake: (variant: Variant) => void
  readonly onAccept: () => void
  /** The pointer or the focus is on a card; null: on none. */
  readonly onLook: (letter: string | null) => void
}

/** The estimate and each person's variant, side by side, each with its key. */
export function Cards(props: Props) {
  const { of, labels, crop, estimates, ticked, disabled, onTick, onTake, onAccept, onLook } = props
  const same = sameAs(of.variants)
  const absent = absentLetters(of.variants)
  // What is less likely there than not is accepted as nothing.
  const there = of.proposals.filter(({ existence }) => existence >= 0.5).length
  const text = of.proposals.length === 1 ? (of.proposals[0]!.text?.value ?? null) : null
  return (
    <div className="cards">
      <Card name={words.estimateOf(there)} letter="estimate" onLook={onLook}>
        <div className="card__head"><b className="card__letter" data-estimate="">≈</b><span className="q-grow">{words.estimateOf(there)}</span><span className="q-muted q-number">{words.posterior(Math.min(...of.proposals.map(({ score }) => score)))}</span></div>
        {crop === null ? null : <Crop {...crop} shapes={estimates.map(({ geometry }) => geometry)} color={estimateColor} dashed />}
        {of.proposals.map((proposal) => <Estimated key={proposal.key} proposal={proposal} labels={labels} />)}
        <Button tone="primary" aria-label={words.acceptEstimate} disabled={disabled} onClick={onAccept}>{words.acceptEstimate}<KeyHint keys="Enter" /></Button>
      </Card>
      {present(of.variants).map((variant) => (
        <Card key={variant.letter} name={words.variantOf(variant.letter)} letter={variant.letter} onLook={onLook}>
          <div className="card__head">
            <b className="card__letter" style={{ background: signOf(variant.letter).color }}><GlyphChip path={glyphPath(signOf(variant.letter).glyph)} color={signOf(variant.letter).color} size={12} />{variant.letter}</b>
            <span className="q-grow q-clip">{variant.author ?? ''}{same.has(variant.letter) ? <span className="q-muted"> {words.same(same.get(variant.letter)!)}</span> : null}</span>
            <span className="q-muted q-number">{variant.fit === null ? '' : words.fitWith(variant.fit)}</span>
          </div>
          {crop === null || same.has(variant.letter) ? null : <Crop {...crop} shapes={variant.annotations.map(({ geometry }) => geometry)} color={signOf(variant.letter).color} />}
          {variant.annotations.map((annotation) => <Said key={annotation.id} annotation={annotation} labels={labels} estimate={text} />)}
          <div className="card__foot">
            <Button aria-label={`${words.take} ${variant.letter}`} disabled={disabled} onClick={() => onTake(variant)}>{words.take}<KeyHint keys={variant.letter} /></Button>
            <Checkbox label={words.also(variant.letter)} checked={ticked.has(variant.letter)} disabled={disabled} onChange={(on) => onTick(variant.letter, on)} />
          </div>
        </Card>
      ))}
      {absent.length === 0 ? null : <p className="q-muted card__absent">{words.absent(absent.join(', '))}</p>}
    </div>
  )
}

function Card({ name, letter, onLook, children }: { readonly name: string; readonly letter: string; readonly onLook: Props['onLook']; readonly children: ReactNode }) {
  return (
    <section className="card" aria-label={name} onPointerEnter={() => onLook(letter)} onPointerLeave={() => onLook(null)}>{children}</section>
  )
}

function LabelLine({ id, labels, after }: { readonly id: LabelId | null; readonly labels: Props['labels']; readonly after?: string }) {
  const label = id === null ? undefined : labels.get(id)
  return (
    <span className="labelline">
      {label === undefined ? null : <GlyphChip path={glyphPath(label.glyph)} color={label.color} size={13} />}<span className="q-clip">{label?.name ?? words.noLabel}</span>{after === undefined ? null : <span className="q-muted q-number">{after}</span>}
    </span>
  )
}

function Estimated({ proposal, labels }: { readonly proposal: Proposal; readonly labels: Props['labels'] }) {
  const { label, text, attributes, geometry } = proposal
  return (
    <div className="said">
      <LabelLine id={label.value} labels={labels} after={words.posterior(label.posterior)} />
      <Attributes attributes={attributes} />
      {text === null ? null : <EstimatedText text={text} />}
      {geometry.kind === 'segment' ? <Times geometry={geometry} /> : null}
    </div>
  )
}

function Said({ annotation, labels, estimate }: { readonly annotation: Annotation; readonly labels: Props['labels']; readonly estimate: string | null }) {
  const { label, text, attributes, geometry } = annotation
  return (
    <div className="said">
      <LabelLine id={label} labels={labels} />
      <Attributes attributes={attributes} />
      {text === null || text === '' ? null : <VariantText text={text} estimate={estimate} />}
      {geometry.kind === 'segment' ? <Times geometry={geometry} /> : null}
    </div>
  )
}

const Times = ({ geometry: { start, end, rate } }: { readonly geometry: Extract<Annotation['geometry'], { kind: 'segment' }> }) =>
  <span className="q-muted q-number">{(start / rate).toFixed(2)} – {(end / rate).toFixed(2)} {words.seconds}</span>

function Attributes({ attributes }: { readonly attributes: Annotation['attributes'] }) {
  const all = Object.entries(attributes).filter(([, value]) => value !== null && value !== '')
  return all.length === 0 ? null : <span className="q-muted q-small">{all.map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`).join(' · ')}</span>
}
