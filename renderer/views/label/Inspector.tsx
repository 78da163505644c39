import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Annotation } from '#shared/model/annotation.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { AnnotationList } from './AnnotationList.tsx'
import { AttributeForm } from './AttributeForm.tsx'
import { LabelList } from './LabelList.tsx'
import { LayerList } from './LayerList.tsx'
import type { LabelStore } from './labelState.ts'
import type { OnItem } from './onItem.ts'
import { words } from './words.ts'

interface Props {
  readonly here: OnItem
  readonly labels: readonly Label[]
  readonly byId: ReadonlyMap<LabelId, Label>
  readonly me: Author
  readonly state: LabelStore
  /** The selected annotations that are mine to change. */
  readonly selected: readonly Annotation[]
  /** What I say of the whole item; null where the middle of the view shows it. */
  readonly whole: Annotation | null
  readonly audio: boolean
  readonly onChoose: (label: LabelId) => void
  readonly onSelect: (id: AnnotationId) => void
  readonly onEdit: (edit: Edit | null) => void
  readonly onWhole: (edit: Edit | null) => void
}

/** Labels, annotations, what the selection says, whose work it is. */
export function Inspector({ here, labels, byId, me, state, selected, whole, audio, onChoose, onSelect, onEdit, onWhole }: Props) {
  const selection = useStore(state, (label) => label.selection)
  const topmostFirst = here.annotations.toReversed()
  return (
    <div className="inspector">
      <Section title={words.labels} className="inspector__labels"><LabelList labels={labels} state={state} counts={here.counts} onChoose={onChoose} /></Section>
      <Section title={`${words.annotations} ${here.annotations.length}`} className="inspector__annotations">
        <AnnotationList annotations={topmostFirst} labels={byId} me={me} selection={selection} onSelect={onSelect} onHover={(hovered) => state.setState({ hovered })} empty={audio ? words.noAnnotationsAudio : words.noAnnotations} />
      </Section>
      <Section title={selected.length === 0 && whole !== null ? words.wholeItem : words.attributes} className="inspector__attributes">
        {selected.length > 0 || whole === null ? <AttributeForm selection={selected} labels={labels} onEdit={onEdit} /> : <AttributeForm selection={[whole]} labels={labels} onEdit={onWhole} />}
      </Section>
      {here.layers.length > 1 ? <Section title={words.layers} className="inspector__layers"><LayerList layers={here.layers} me={layerOf(me)} state={state} /></Section> : null}
    </div>
  )
}

function Section({ title, className, children }: { readonly title: string; readonly className: string; readonly children: ReactNode }) {
  return <section className={`inspector__section ${className}`}><h2>{title}</h2>{children}</section>
}
