import { wallMs } from '#shared/model/clock.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { LabelSuccessor } from '#shared/contract/api.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { emptyDiff, type Diff } from '#shared/model/diff.ts'
import { newChangeId, type LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { ProjectStore } from '#electron/storage/projectStore.ts'
import { authorOf, openProjectOf, viewerOf, writableProjectOf, type HostContext, type Noun } from './context.ts'
import { stateOf } from './projectState.ts'

export function labelHandlers(context: HostContext): Noun<'labels'> {
  return {
    'labels.usage': ({ label }) =>
      openProjectOf(context).store.db
        .prepare('SELECT count(*) AS annotations, count(DISTINCT asset) AS assets FROM annotations WHERE label = ?')
        .get(label) as { annotations: number; assets: number },
    'labels.retire'({ label, successor }) {
      const { store } = writableProjectOf(context)
      const { name, diff } = retirement(store, label, successor)
      const request = { id: newChangeId(), name, asset: null, intent: { kind: 'do' }, durationMs: null, diff } as const
      const { change, revision } = store.apply(request, authorOf(context))
      // In a blind project the change names annotations that the window may not show.
      context.emit(viewerOf(context).blind ? { kind: 'reload' } : { kind: 'changed', revision, change })
      return stateOf(context)
    },
    'labels.versions': () => ({
      versions: openProjectOf(context).store.log.schemaVersions()
        .map(({ id, name, author, clock }, index) => ({ version: index + 1, change: id, name, author, at: wallMs(clock) })),
    }),
  }
}

/** One diff that takes a label out of the schema and says where its annotations go, in every layer. */
function retirement(store: ProjectStore, id: LabelId, successor: LabelSuccessor): { name: string; diff: Diff } {
  const label = labelIn(store, id)
  const into = successor.kind === 'move' ? labelIn(store, successor.into) : null
  if (into?.id === id) throw new QuorumError('invalid-input', `"${label.name}" cannot be merged into itself. Choose another label.`)
  const diff = emptyDiff()
  diff.removed[id] = label
  for (const text of store.db.prepare('SELECT record FROM annotations WHERE label = ?').pluck().iterate(id) as IterableIterator<string>) {
    const annotation: Annotation = JSON.parse(text)
    if (successor.kind === 'delete') diff.removed[annotation.id] = annotation
    else diff.updated[annotation.id] = [annotation, { ...annotation, label: into?.id ?? null }]
  }
  return { name: into ? `merge label ${label.name} into ${into.name}`.slice(0, 200) : `delete label ${label.name}`.slice(0, 200), diff }
}

function labelIn(store: ProjectStore, id: LabelId): Label {
  const label = store.records.read(id)
  if (label?.type !== 'label') throw new QuorumError('not-found', `The label ${id} is not in this project.`)
  return label
}
