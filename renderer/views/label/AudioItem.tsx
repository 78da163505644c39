import type { ProjectState } from '#shared/contract/api.ts'
import type { AudioAsset } from '#shared/model/asset.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { AudioEditor, type AudioEditorProps } from '#renderer/audio/AudioEditor.tsx'
import type { OpenItem } from '#renderer/editor/items.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { useTranscribing } from '#renderer/inference/useReading.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { newWords } from '#shared/text/finding.ts'
import { defaultWriting } from '#shared/model/writing.ts'
import { useWritingHelp } from '#renderer/writing/useWritingHelp.ts'
import { TextEditor } from './AttributeForm.tsx'
import type { OnItem } from './onItem.ts'
import { words } from './words.ts'

interface Props extends Pick<AudioEditorProps, 'handle' | 'walksDrafts' | 'draftInHand'> {
  readonly item: OpenItem
  readonly asset: AudioAsset
  readonly project: ProjectState
  readonly here: OnItem
  readonly me: Layer
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly selection: readonly AnnotationId[]
  readonly readOnly: boolean
  readonly editable: (annotation: Annotation) => boolean
  readonly create: (geometry: Annotation['geometry']) => Annotation
  /** My annotation of the whole item; made when I first write. */
  readonly whole: Annotation
  readonly onSelect: (ids: readonly AnnotationId[]) => void
  readonly onCommit: (edit: Edit | null, durationMs?: number) => void
  readonly onWhole: (edit: Edit | null) => void
}

/** A sound: its tools, and below them the text of the segment in hand or of the whole. */
export function AudioItem({ handle, walksDrafts, draftInHand, item, asset, project, here, me, labels, selection, readOnly, editable, create, whole, onSelect, onCommit, onWhole }: Props) {
  const session = useSession()
  const { help, learn } = useWritingHelp(project)
  useTranscribing(asset.id, here.annotations.filter((annotation) => selection.includes(annotation.id) && editable(annotation)), words.groups.edit)
  const { normalisation, language } = project.project.writing ?? defaultWriting
  const writing = { help, normalisation, language, learn: (before: string | null, after: string) => learn(newWords(before ?? '', after)) }
  const fresh = (id: AnnotationId) => {
    const record = item.document.state.getState().records.get(id)
    return record?.type === 'annotation' ? record : null
  }
  return (
    <AudioEditor handle={handle} walksDrafts={walksDrafts} draftInHand={draftInHand} asset={asset} tiers={project.tiers} annotations={here.annotations} relations={here.relations} labels={labels} me={me} selection={selection} readOnly={readOnly} editable={editable} create={create}
      fresh={fresh} writing={writing} onSelect={onSelect} onCommit={onCommit} onTiers={(edit) => { if (edit && !readOnly) session.applyToProject(edit.name, edit.diff) }}>
      <TextEditor key={whole.id} annotation={whole} label={words.transcription} rows={3} onEdit={onWhole} />
    </AudioEditor>
  )
}
