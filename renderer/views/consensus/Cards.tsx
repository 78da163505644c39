import type { ReactNode } from 'react'
import type { Annotation } from '#shared/model/annotation.ts'
import { sameValue } from '#shared/model/apply.ts'
import type { AttributeValues } from '#shared/model/attribute.ts'
import type { Geometry } from '#shared/model/geometry.ts'
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
import { LetterChip } from './LetterChip.tsx'
import { absentLetters, estimateColor, present, signOf } from './shapes.ts'
import { estimateOf, sameAs, textBeside, type Case, type Variant } from './variants.ts'
import { EstimatedText, VariantText } from './VariantText.tsx'
import { words } from './words.ts'

export interface CropSource { readonly picture: Picture; readonly width: number; readonly bounds: Bounds }

interface Props {
  readonly of: Case
  readonly labels: ReadonlyMap<LabelId, Label>
  /** Names of tiers; empty where there are not several to tell apart. */
  readonly tiers: ReadonlyMap<string, string>
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

/** The estimate and each person's variant, one below the other, each with its key. */
export function Cards(props: Props) {
  const { of, labels, tiers, crop, estimates, ticked, disabled, onTick, onTake, onAccept, onLook } = props
  const same = sameAs(of.variants)
  const absent = absentLetters(of.variants)
  // What is less likely there than not is accepted as nothing.
  const there = of.proposals.filter(({ existence }) => existence >= 0.5)
  const decided = of.proposals.some((proposal) => proposal.decided !== null && proposal.decided.decision !== 'unclear')
  return (
    <div className="cards">
      <Card name={words.estimateOf(there.length)} letter="estimate" onLook={onLook}
        head={<><LetterChip letter="estimate" /><span className="q-grow q-clip">{decided ? words.decidedCard : words.estimateCard}</span>
          <Button size="small" tone="primary" aria-label={words.acceptEstimate} disabled={disabled} onClick={onAccept}>{words.acceptEstimate}<KeyHint keys="Enter" /></Button></>}
        crop={crop === null ? null : <Crop {...crop} shapes={shapesOf(estimates)} color={estimateColor} dashed />}>
        {there.length === 0 ? <b>{words.nothingHere}</b> : null}
        {of.proposals.map((proposal) => <Estimated key={proposal.key} proposal={proposal} labels={labels} tiers={tiers} />)}
        <span className="q-muted q-small q-number">{words.scoreOf(Math.min(...of.proposals.map(({ score }) => score)))}</span>
      </Card>
      {present(of.variants).map((variant) => {
        const { letter, annotations, author, fit } = variant
        return (
          <Card key={letter} name={words.variantOf(letter)} letter={letter} onLook={onLook}
            head={<><LetterChip letter={letter} /><span className="q-clip">{author ?? ''}</span>{same.has(letter) ? <span className="q-muted q-clip">{words.same(same.get(letter)!)}</span> : null}<span className="q-grow" />
              <span className="q-muted q-number" title={fit === null ? undefined : words.fitWith(fit)}>{fit === null ? '' : words.fitShort(fit)}</span>
              <Button size="small" aria-label={`${words.take} ${letter}`} disabled={disabled} onClick={() => onTake(variant)}>{words.take}<KeyHint keys={letter} /></Button></>}
            crop={crop === null || same.has(letter) ? null : <Crop {...crop} shapes={shapesOf(annotations)} color={signOf(letter).color} />}>
            {same.has(letter) ? null : (
              <>
                {annotations.map((annotation) => <Said key={annotation.id} annotation={annotation} labels={labels} tiers={tiers} estimate={estimateOf(of, annotation)} text={textBeside(of, variant, annotation)} />)}
                <Checkbox label={words.also(letter)} checked={ticked.has(letter)} disabled={disabled} onChange={(on) => onTick(letter, on)} />
              </>
            )}
          </Card>
        )
      })}
      {absent.length === 0 ? null : <p className="q-muted card__absent">{words.absent(absent.join(', '))}</p>}
    </div>
  )
}

const shapesOf = (all: readonly { readonly geometry: Geometry }[]): readonly Geometry[] => all.map(({ geometry }) => geometry)

interface CardProps { readonly name: string; readonly letter: string; readonly onLook: Props['onLook']; readonly head: ReactNode; readonly crop: ReactNode; readonly children: ReactNode }

function Card({ name, letter, onLook, head, crop, children }: CardProps) {
  return (
    // What has the pointer or the focus is looked at alone; nothing is pressed by it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- looking at a card lights its shape up; all that can be done has a button inside
    <section className="card" aria-label={name} onPointerEnter={() => onLook(letter)} onPointerLeave={() => onLook(null)} onFocus={() => onLook(letter)} onBlur={() => onLook(null)}>
      <div className="card__head">{head}</div>
      {children === null ? null : <div className="card__body">{crop}<div className="card__said">{children}</div></div>}
    </section>
  )
}

function LabelLine({ id, labels, differs = false, after }: { readonly id: LabelId | null; readonly labels: Props['labels']; readonly differs?: boolean; readonly after?: string }) {
  const label = id === null ? undefined : labels.get(id)
  return (
    <span className="labelline">
      {label === undefined ? null : <GlyphChip path={glyphPath(label.glyph)} color={label.color} size={13} />}<span className="q-clip" data-differs={differs ? '' : undefined}>{label?.name ?? words.noLabel}</span>{after === undefined ? null : <span className="q-muted q-number">{after}</span>}
    </span>
  )
}

function Estimated({ proposal, labels, tiers }: { readonly proposal: Proposal } & Pick<Props, 'labels' | 'tiers'>) {
  const { label, text, attributes, geometry } = proposal
  return (
    <div className="said">
      <LabelLine id={label.value} labels={labels} after={words.posterior(label.posterior)} />
      <Attributes attributes={attributes} label={label.value === null ? undefined : labels.get(label.value)} />
      {text === null ? null : <EstimatedText text={text} />}
      {geometry.kind === 'segment' ? <Times geometry={geometry} tiers={tiers} estimate={null} /> : null}
    </div>
  )
}

/** What differs from the estimate is marked. */
function Said({ annotation, labels, tiers, estimate, text: beside }: { readonly annotation: Annotation; readonly estimate: Proposal | null; readonly text: string | null } & Pick<Props, 'labels' | 'tiers'>) {
  const { label, text, attributes, geometry } = annotation
  return (
    <div className="said">
      <LabelLine id={label} labels={labels} differs={estimate !== null && label !== estimate.label.value} />
      <Attributes attributes={attributes} label={label === null ? undefined : labels.get(label)} estimate={estimate?.attributes ?? null} />
      {text === null || text === '' ? null : <VariantText text={text} estimate={beside} />}
      {geometry.kind === 'segment' ? <Times geometry={geometry} tiers={tiers} estimate={estimate?.geometry ?? null} /> : null}
    </div>
  )
}

interface TimesProps { readonly geometry: Extract<Geometry, { kind: 'segment' }>; readonly tiers: Props['tiers']; readonly estimate: Geometry | null }

/** When it is said and in which tier; a tier that is not the estimate's is marked. */
function Times({ geometry: { start, end, rate, tier }, tiers, estimate }: TimesProps) {
  const name = tiers.get(tier)
  return (
    <span className="q-muted answers q-number">
      {(start / rate).toFixed(2)} – {(end / rate).toFixed(2)} {words.seconds}
      {name === undefined ? null : <span data-differs={estimate?.kind === 'segment' && estimate.tier !== tier ? '' : undefined}>{name}</span>}
    </span>
  )
}

interface AttributesProps { readonly attributes: AttributeValues; readonly label: Label | undefined; readonly estimate?: AttributeValues | null }

/** Answers by the names of their questions; one that the estimate answers differently is marked. */
function Attributes({ attributes, label, estimate = null }: AttributesProps) {
  const all = Object.entries(attributes).filter(([, value]) => value !== '')
  if (all.length === 0) return null
  return (
    <span className="q-muted q-small answers">
      {all.map(([id, value]) => <span key={id} data-differs={estimate !== null && !sameValue(value, estimate[id]) ? '' : undefined}>{label?.attributes.find((one) => one.id === id)?.name ?? id}: {words.answer(value)}</span>)}
    </span>
  )
}
