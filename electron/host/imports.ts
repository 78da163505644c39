import { basename } from 'node:path'
import { z } from 'zod'
import { QuorumError } from '#shared/contract/errors.ts'
import { ImportRequest, type ImportReport } from '#shared/contract/importing.ts'
import { Layer, layerOf, type Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import { glyphNames, labelColors } from '#shared/model/palette.ts'
import { submissionId, type Submission } from '#shared/model/submission.ts'
import { importSources } from '#electron/importing/importSources.ts'
import type { JobPlan } from '#electron/jobs/queue.ts'
import { prepareSounds } from './audio.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import { clearUpload, isUpload } from './uploads.ts'
import { authorOf, workOf, writableProjectOf, type HostContext, type Noun } from './context.ts'
import { assetsOf, projectSink } from './projectSink.ts'
import { stateOf } from './projectState.ts'
import { relinkRecordings } from './relink.ts'

/** What stands in the journal, so that an import can go on after the program ended. */
const Kept = z.object({ request: ImportRequest, author: z.string() })

export function importHandlers(context: HostContext): Noun<'imports'> {
  return {
    'imports.start'(request) {
      const author = authorOf(context)
      assertLayer(writableProjectOf(context), request.layer, author)
      // What was dropped into a browser lies with us only until it is in.
      const mode = request.sources.some((source) => isUpload(context.dataDir, source)) ? 'copied' : request.mode
      return { job: workOf(context).jobs.start(importPlan(context, { ...request, mode }, author)).id }
    },
    'imports.report'({ job }) {
      const report = context.reports.imports.get(job)
      if (!report) throw new QuorumError('not-found', 'The report of that import is not kept any more. Import the folder again to see it.')
      return report
    },
  }
}

/** A layer is refused that is somebody else's own work. */
function assertLayer({ store }: OpenProject, layer: string | null, author: Author): void {
  if (layer === null || nobody.includes(layer)) return
  const name = Layer.safeParse(layer)
  if (!name.success) throw new QuorumError('invalid-input', `A layer's name ${name.error.issues[0]?.message ?? 'is not valid'}.`)
  if (name.data === layerOf(author)) return
  const theirs = store.db.prepare('SELECT 1 FROM annotations WHERE layer = ? AND author = layer LIMIT 1').get(name.data) !== undefined
  if (theirs) throw new QuorumError('invalid-input', `The layer ${name.data} is ${name.data}'s own work; ${author} cannot import into it. Choose another layer.`)
}

/** The plan of an import that an earlier process began. */
export function resumedImport(context: HostContext, kept: unknown): JobPlan {
  const { request, author } = Kept.parse(kept)
  return importPlan(context, request, author as Author)
}

function importPlan(context: HostContext, request: ImportRequest, author: Author): JobPlan {
  const project = writableProjectOf(context)
  const names = request.sources.map((source) => basename(source))
  return {
    kind: 'import', name: `Import ${names.slice(0, 2).join(', ')}${names.length > 2 ? ` and ${names.length - 2} more` : ''}`, resumable: true,
    request: { request, author },
    async run(job, id) {
      const { labels, tiers } = stateOf(context)
      const sink = projectSink(project, author)
      const has = project.store.db.prepare('SELECT 1 FROM annotations WHERE id = ?').pluck()
      const report: ImportReport = await importSources({
        request, sink, pool: workOf(context).pool, job, assets: () => assetsOf(project),
        target: {
          author, layer: request.layer === null ? layerOf(author) : Layer.parse(request.layer), labels, tiers,
          markAt: (order) => ({ color: labelColors[order % labelColors.length]!, glyph: glyphNames[order % glyphNames.length]! }),
          has: (id) => has.get(id) !== undefined,
          ...(request.gold === true ? { gold: true } : {}),
          ...(request.finished === true && request.layer === null && !nobody.includes(author) ? { finished: finishedBy(project, author, context.now()) } : {}),
        },
      })
      relinkRecordings(project, author)
      context.reports.imports.set(id, report)
      if (!job.signal.aborted) for (const source of request.sources) clearUpload(context.dataDir, source)
      context.emit({ kind: 'reload' })
      // Closing the project ends the pool, and with it this.
      prepareSounds(context, [...assetsOf(project)].map(({ id }) => id)).catch(() => undefined)
    },
  }
}

/** Layers that are no person's. */
const nobody: readonly string[] = ['final', 'consensus']

/** Each item once; what was submitted, or opened again, before the import stays as it is. */
function finishedBy({ store }: OpenProject, author: Author, at: number): (asset: AssetId) => Submission | null {
  const there = store.db.prepare('SELECT 1 FROM submissions WHERE asset = ? AND author = ?').pluck()
  const seen = new Set<AssetId>()
  return (asset) => {
    if (seen.has(asset) || there.get(asset, author) !== undefined) return null
    seen.add(asset)
    return { type: 'submission', id: submissionId(asset, author), asset, author, state: 'submitted', at }
  }
}
