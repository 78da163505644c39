import { basename } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ExportRequest } from '#shared/contract/exporting.ts'
import { formats } from '#shared/formats/registry.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AssetId } from '#shared/model/id.ts'
import { planExport, type ExportPlan } from '#electron/exporting/planExport.ts'
import { writeExport } from '#electron/exporting/writeExport.ts'
import { heldInControl } from '#electron/storage/assetQueries.ts'
import { assetFile } from '#electron/media/serve.ts'
import { writeClips } from '#electron/media/writeClips.ts'
import { writeUpright } from '#electron/media/writeUpright.ts'
import { openProjectOf, viewerOf, workOf, type HostContext, type Noun } from './context.ts'
import { assetsOf, mediaRoots } from './projectSink.ts'
import { stateOf } from './projectState.ts'

export function exportHandlers(context: HostContext): Noun<'exports'> {
  return {
    'exports.plan': (request) => planOf(context, request).report,
    'exports.start': ({ request, out }) => ({
      job: workOf(context).jobs.start({
        kind: 'export', name: `Export ${basename(out)}`, resumable: false, request,
        run: async ({ signal, progress }, id) => {
          const plan = planOf(context, request)
          const files = await filesOf(context, plan)
          const { pool } = workOf(context)
          const report = await writeExport({
            plan, out, signal, mediaPath: (asset) => files.get(asset)!, bake: (asset, from, to) => writeUpright(pool, asset, from, to),
            cut: (asset, from, clips) => writeClips(pool, asset, from, clips),
            onProgress: ({ done, total, message }) => progress(done, total, message),
          })
          context.reports.exports.set(id, report)
        },
      }).id,
    }),
    'exports.report'({ job }) {
      const report = context.reports.exports.get(job)
      if (!report) throw new QuorumError('not-found', 'The report of that export is not kept any more; it also stands in quorum-export.json beside the files.')
      return report
    },
  }
}

export const formatHandlers = (): Noun<'formats'> => ({
  'formats.list': () => ({ formats: formats.map(({ id, name, reads, writes, kinds }) => ({ id, name, reads, writes, kinds: [...kinds] })) }),
})

function planOf(context: HostContext, request: ExportRequest): ExportPlan {
  const project = openProjectOf(context)
  const { labels, tiers } = stateOf(context)
  const all = <Row>(table: string): Row[] => (project.store.db.prepare(`SELECT record FROM ${table} ORDER BY id`).pluck().all() as string[]).map((text) => JSON.parse(text))
  const { seen, held } = withoutUnaided(context, all<Annotation>('annotations'))
  const plan = planExport({ labels, tiers, assets: [...assetsOf(project)], annotations: seen, relations: all('relations'), verdicts: all('verdicts'), logHash: project.store.log.hash() }, request)
  const count = request.includeDrafts ? held.filter(({ layer }) => layer === plan.layer).length : 0
  return count === 0 ? plan : { ...plan, report: { ...plan.report, withheld: [...plan.report.withheld, { reason: 'unaided', count }] } }
}

/** Drafts on items that the person is to label unaided do not leave through their window either. A script reads the project's file as it is. */
function withoutUnaided(context: HostContext, annotations: readonly Annotation[]): { seen: Annotation[]; held: Annotation[] } {
  const viewer = viewerOf(context)
  const { db } = openProjectOf(context).store
  const { seen = [], held = [] } = Object.groupBy(annotations, (annotation) => (context.remember && annotation.draft && heldInControl(db, viewer, annotation) ? 'held' : 'seen'))
  return { seen, held }
}

/** Where the media lie that the plan takes along; throws in words for one that is gone or may not be read. */
async function filesOf(context: HostContext, plan: ExportPlan): Promise<ReadonlyMap<AssetId, string>> {
  const project = openProjectOf(context)
  const roots = mediaRoots(project)
  const files = new Map<AssetId, string>()
  for (const { asset: id } of [...plan.serialized.media, ...(plan.serialized.clips ?? [])]) {
    if (files.has(id)) continue
    const asset = project.store.records.read(id)
    if (asset?.type === 'asset') files.set(id, await assetFile(asset, project.media, roots))
  }
  return files
}
