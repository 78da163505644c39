import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { keyText } from '#renderer/ui/Kbd.tsx'
import { AboutItem } from './AboutItem.tsx'
import { AnnotationList } from './AnnotationList.tsx'
import { AttributeForm } from './AttributeForm.tsx'
import type { DraftHand } from './draftHand.ts'
import { DraftPanel } from './DraftPanel.tsx'
import { draftWords } from './draftWords.ts'
import { LabelList } from './LabelList.tsx'
import { LayerList } from './LayerList.tsx'
import type { LabelStore } from './labelState.ts'
import type { OnItem } from './onItem.ts'
import { words } from './words.ts'

interface Props {
  readonly asset: Asset
  readonly here: OnItem
  readonly labels: readonly Label[]
  readonly byId: ReadonlyMap<LabelId, Label>
  readonly me: Author
  readonly guideline: string
  readonly state: LabelStore
  /** The selected annotations that are mine to change, and those that are others'. */
  readonly selected: readonly Annotation[]
  readonly foreign: readonly Annotation[]
  /** What I say of the whole item; null where the middle of the view shows it. */
  readonly whole: Annotation | null
  readonly onChoose: (label: LabelId) => void
  readonly onSelect: (id: AnnotationId) => void
  readonly onEdit: (edit: Edit | null) => void
  readonly onWhole: (edit: Edit | null) => void
  readonly onCopy: () => void
  readonly hand: DraftHand
  /** Puts two models side by side; null where fewer have drafts. */
  readonly onCompare: (() => void) | null
  /** Looks for all objects like the selected ones; null where nothing that could be looked for is selected, or a search is under way. */
  readonly onLike: (() => void) | null
  /** Whether drafts are held back from me. */
  readonly unaided: boolean
  readonly readOnly: boolean
}

/** Labels, annotations, what the selection says, whose work it is; below, what seldom changes. */
export function Inspector(props: Props) {
  const { asset, here, labels, byId, me, guideline, state, selected, foreign, whole, onChoose, onSelect, onEdit, onWhole, onCopy, hand, onCompare, onLike, unaided, readOnly } = props
  const selection = useStore(state, (label) => label.selection)
  const empty = asset.kind === 'audio' ? words.noAnnotationsAudio : words.noAnnotations
  return (
    <div className="inspector">
      <Section title={words.labels} className="inspector__labels"><LabelList labels={labels} state={state} counts={here.counts} onChoose={onChoose} /></Section>
      <Section title={`${words.annotations} ${here.annotations.length}`} className="inspector__annotations">
        <AnnotationList annotations={here.topmostFirst} labels={byId} me={me} selection={selection} onSelect={onSelect} onHover={(hovered) => state.setState({ hovered })} empty={empty} />
      </Section>
      <div className="inspector__rest">
        {here.drafts.length > 0 ? <Fold title={`${draftWords.title} ${here.drafts.length}`} open><DraftPanel drafts={here.drafts} labels={byId} state={state} hand={hand} onCompare={onCompare} readOnly={readOnly} /></Fold> : null}
        {unaided ? <Section title={draftWords.title} className="inspector__drafts"><p className="hintline">{draftWords.unaidedWhy}</p></Section> : null}
        {selected.length > 0 ? <Section title={words.attributes} className="inspector__attributes"><AttributeForm selection={selected} labels={labels} onEdit={onEdit} />{onLike === null ? null : <div className="inspector__like"><Button size="small" onClick={onLike}>{words.like.command}<span className="q-kbd" aria-hidden="true"><span data-key={keyText('Shift+A')} /></span></Button></div>}</Section> : null}
        {selected.length === 0 && foreign.length > 0 ? <Section title={words.attributes} className="inspector__attributes"><Foreign annotations={foreign} onCopy={onCopy} /></Section> : null}
        {whole !== null ? <Fold title={words.wholeItem} open={whole.text !== null || whole.label !== null}><AttributeForm name={words.wholeItem} selection={[whole]} labels={labels} onEdit={onWhole} /></Fold> : null}
        {here.layers.length > 1 ? <Fold title={words.layers} open><LayerList layers={here.layers} me={layerOf(me)} state={state} /></Fold> : null}
        {guideline.trim() === '' ? null : <Fold title={words.guideline} open={false}><p className="guideline q-selectable" dir="auto">{guideline}</p></Fold>}
        <Fold title={words.thisItem} open={false}><AboutItem asset={asset} /></Fold>
      </div>
    </div>
  )
}

function Section({ title, className, children }: { readonly title: string; readonly className: string; readonly children: ReactNode }) {
  return <section className={`inspector__section ${className}`}><h2>{title}</h2>{children}</section>
}

function Fold({ title, open, children }: { readonly title: string; readonly open: boolean; readonly children: ReactNode }) {
  return <details className="inspector__section inspector__fold" open={open}><summary>{title}</summary>{children}</details>
}

/** Others' work is seen, not changed; a copy of it can be made mine. */
function Foreign({ annotations, onCopy }: { readonly annotations: readonly Annotation[]; readonly onCopy: () => void }) {
  const people = [...new Set(annotations.map(({ layer }) => layer))].join(', ')
  const [first] = annotations
  return (
    <div className="foreign">
      <p className="q-muted">{words.foreign(annotations.length, people)}</p>
      {annotations.length === 1 && first?.text ? <blockquote className="q-selectable" dir="auto">{first.text}</blockquote> : null}
      <div><Button size="small" onClick={onCopy}>{words.commands.copyToMine}</Button></div>
    </div>
  )
}
