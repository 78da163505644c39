import { Quote } from 'lucide-react'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { modelOf, scoreText } from '#renderer/tools/drafts.ts'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import { words } from './words.ts'

interface Props {
  /** Topmost first. */
  readonly annotations: readonly Annotation[]
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly me: Author
  readonly selection: readonly AnnotationId[]
  readonly onSelect: (id: AnnotationId) => void
  readonly onHover: (id: AnnotationId | null) => void
  readonly empty: string
}

/** "label · kind · author", as the list and screen readers say it. */
export const annotationName = (annotation: Annotation, labels: ReadonlyMap<LabelId, Label>): string =>
  `${(annotation.label && labels.get(annotation.label)?.name) ?? words.noLabel} · ${words.kinds[annotation.geometry.kind]} · ${saidBy(annotation)}${annotation.draft ? ' · draft' : ''}`

/** Who says it: of a draft the model, not the person who let it run. */
const saidBy = (annotation: Annotation): string => (annotation.draft ? (modelOf(annotation) ?? annotation.author) : annotation.author)

export function AnnotationList({ annotations, labels, me, selection, onSelect, onHover, empty }: Props) {
  const chosen = new Set(selection)
  const first = selection.length === 1 ? annotations.findIndex(({ id }) => id === selection[0]) : -1
  if (annotations.length === 0) return <div className="annotations"><div role="list" aria-label={words.annotations} /><p className="hintline">{empty}</p></div>
  return (
    <div className="annotations">
      <VirtualList label={words.annotations} count={annotations.length} rowHeight={26} selected={first < 0 ? null : first} isSelected={(at) => chosen.has(annotations[at]!.id)}
        rowKey={(at) => annotations[at]?.id ?? String(at)} rowLabel={(at) => annotationName(annotations[at]!, labels)} onSelect={(at) => onSelect(annotations[at]!.id)}
        renderRow={(at) => <Row annotation={annotations[at]!} label={labelOf(annotations[at]!, labels)} mine={!annotations[at]!.draft && annotations[at]!.author === me} onHover={onHover} />} />
    </div>
  )
}

const labelOf = ({ label }: Annotation, labels: ReadonlyMap<LabelId, Label>) => (label === null ? undefined : labels.get(label))

function Row({ annotation, label, mine, onHover }: { readonly annotation: Annotation; readonly label: Label | undefined; readonly mine: boolean; readonly onHover: Props['onHover'] }) {
  return (
    <div className="annotation" data-draft={annotation.draft || undefined} onPointerEnter={() => onHover(annotation.id)} onPointerLeave={() => onHover(null)}>
      <GlyphChip path={glyphPath(label?.glyph ?? 'circle')} color={label?.color ?? 'var(--text-muted)'} size={12} />
      <span className="q-clip" dir="auto">{label?.name ?? words.noLabel}</span>
      <span className="q-muted q-clip q-grow">{words.kinds[annotation.geometry.kind]}{annotation.text ? ` “${annotation.text}”` : ''}</span>
      {annotation.text ? <Quote className="annotation__sign" aria-hidden="true" /> : null}
      {annotation.draft ? <span className="annotation__score">{scoreText(annotation)}</span> : null}
      <span className="annotation__author q-clip" data-mine={mine || undefined}>{saidBy(annotation)}</span>
    </div>
  )
}
