import { QuorumError } from '#shared/contract/errors.ts'
import type { Author } from '#shared/model/author.ts'
import type { Diff } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import type { DraftRun, DraftSink } from '#electron/prelabel/draftRun.ts'
import { prepareIncoming, type BringingIn } from '#electron/prelabel/incoming.ts'
import { DraftsToFile, HandOver } from '#electron/prelabel/sinks.ts'
import { DraftWriter } from '#electron/prelabel/writer.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import { openProjectOf, writableProjectOf, type HostContext } from './context.ts'

/** Writes drafts as one change of whoever asked for them; `said` hears of it. */
export const draftCommit = (project: OpenProject, said: HostContext['emit'] = () => undefined): BringingIn['commit'] => (diff: Diff, author: Author, model: string) => {
  const { change, revision } = project.store.apply({ id: newChangeId(), name: `pre-label with ${model}`, asset: null, intent: { kind: 'do' }, durationMs: null, diff }, author)
  said({ kind: 'changed', revision, change })
}

/** Where drafts of this host go: into the project that it has open for writing; to whoever has it open; or into a file. Throws in words. */
export async function draftSink(context: HostContext, run: DraftRun): Promise<DraftSink> {
  const { delivery, now } = context
  if (delivery.kind === 'file') return DraftsToFile.open({ project: openProjectOf(context), run, now }, delivery.path)
  if (delivery.kind === 'hand-over') return new HandOver({ project: openProjectOf(context), run, now }, draftCommit)
  const project = writableProjectOf(context)
  const commit = draftCommit(project, context.emit)
  return new DraftWriter({ project, run, now, commit: (diff) => commit(diff, run.author, run.model) })
}

/** Throws in words where drafts could go nowhere. */
export function refuseUnwritable(context: HostContext): void {
  if (context.delivery.kind === 'own') writableProjectOf(context)
  else if (context.delivery.kind === 'hand-over') prepareIncoming(openProjectOf(context).folder)
  else if (context.project === null) throw new QuorumError('no-project', 'No project is open. Open or create one first.')
}
