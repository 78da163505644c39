import { z } from 'zod'
import { AssetFilter } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { PrelabelRequest } from '#shared/contract/prelabel.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import type { JobPlan } from '#electron/jobs/queue.ts'
import type { PredictTask } from '#electron/prelabel/protocol.ts'
import { runAll } from '#electron/prelabel/runAll.ts'
import { acceptanceHandler } from './acceptance.ts'
import { bringInFiles } from './bringingIn.ts'
import { authorOf, workOf, type HostContext, type Noun } from './context.ts'
import { draftSink, refuseUnwritable } from './drafting.ts'
import { assetFor, itemFile, readyLooker, said, type ReadyLooker } from './looker.ts'
import { itemsOf } from './prelabelItems.ts'
import { RunReport } from './prelabelReport.ts'

const Request = PrelabelRequest.extend({ filter: AssetFilter.nullable().default(null) })
type Request = z.output<typeof Request>
/** What stands in the journal, so that a run can go on after the program ended. */
const Kept = z.object({ request: Request, author: z.string() })

export function prelabelHandlers(context: HostContext): Noun<'prelabel'> {
  return {
    async 'prelabel.start'(request) {
      refuseUnwritable(context)
      const looker = await readyLooker(context, request.model)
      refuseAtWork(context, looker)
      return { job: workOf(context).jobs.start(prelabelPlan(context, request, looker, authorOf(context))).id }
    },
    'prelabel.bringIn'({ paths }) {
      refuseUnwritable(context)
      const plan: JobPlan = { kind: 'prelabel', name: 'Bring in drafts', resumable: false, request: null, run: (job, id) => bringInFiles(context, paths, job, id) }
      return { job: workOf(context).jobs.start(plan).id }
    },
    'prelabel.stopped'({ model }) {
      const jobs = context.work?.jobs
      const stopped = jobs?.list().findLast(({ id, kind, state, resumable }) => kind === 'prelabel' && resumable && (state === 'cancelled' || state === 'failed') && modelOfRun(jobs.request(id)) === model)
      return { job: stopped?.id ?? null }
    },
    'prelabel.acceptance': acceptanceHandler(context),
    'prelabel.report'({ job }) {
      const report = context.reports.prelabels.get(job)
      if (!report) throw new QuorumError('not-found', 'The report of that run is not kept any more. Run the model again with the same settings: what is done is passed over.')
      return report
    },
    async 'prelabel.predict'({ model, asset: id, region, threshold }) {
      const looker = await readyLooker(context, model)
      const asset = assetFor(context, id, looker.looksAt, looker.name)
      const settings = { ...looker.settings, ...(threshold === null ? {} : { threshold }) }
      return said(asset.name, () => askRunner(context, { kind: 'predict', by: looker.by, region, settings }, asset))
    },
  }
}

/** Starts a run again that did not come to its end, in the place of `ended`; the new job's id. Throws in words. */
export async function resumePrelabel(context: HostContext, ended: string): Promise<string> {
  const { jobs } = workOf(context)
  const { request, author } = Kept.parse(jobs.request(ended))
  refuseUnwritable(context)
  const looker = await readyLooker(context, request.model)
  refuseAtWork(context, looker)
  jobs.forget(ended)
  return jobs.start(prelabelPlan(context, request, looker, author as Author)).id
}

/** Two runs of one model would each draft what the other has not written yet. Throws `invalid-input`; nothing is awaited between this and the start. */
function refuseAtWork(context: HostContext, { id: model, name }: ReadyLooker): void {
  const { jobs } = workOf(context)
  const isAtWork = jobs.list().some(({ id, kind, state }) => kind === 'prelabel' && (state === 'running' || state === 'paused') && modelOfRun(jobs.request(id)) === model)
  if (isAtWork) throw new QuorumError('invalid-input', `${name} is at work in this project already. Wait for that run, or cancel it.`)
}

const modelOfRun = (kept: unknown): string | null => Kept.safeParse(kept).data?.request.model ?? null

function prelabelPlan(context: HostContext, request: Request, looker: ReadyLooker, author: Author): JobPlan {
  return {
    kind: 'prelabel', name: `Pre-label with ${looker.name}`, resumable: true, pausable: true, request: { request, author },
    run: (job, id) => prelabel(context, request, looker, author, job, id),
  }
}

async function prelabel(context: HostContext, request: Request, looker: ReadyLooker, author: Author, job: Parameters<JobPlan['run']>[0], id: string): Promise<void> {
  const settings = { ...looker.settings, ...(request.threshold === null ? {} : { threshold: request.threshold }), ...(request.overlap === null ? {} : { overlap: request.overlap }) }
  const { model, name, version, hash, task, classes, rule } = { ...looker, model: looker.id, rule: looker.by.kind === 'rule' }
  const chosen = itemsOf(context, request, looker.looksAt)
  const report = new RunReport(context, id, { model: looker.id, name, items: chosen.items.length, leftOut: chosen.leftOut, backend: rule ? 'rule' : 'wasm' })
  const sink = await draftSink(context, { model, name, version, hash, task, classes: [...classes], rule, settings, makeLabels: request.makeLabels, author })
  try {
    await runAll({
      items: chosen.items, job,
      wants: (asset) => sink.wants(asset),
      look: (asset) => askRunner(context, { kind: 'predict', by: looker.by, region: null, settings }, asset, job.signal),
      said(asset, answer) {
        report.heard(answer)
        sink.said(asset, answer)
      },
      failed: (asset, reason) => report.failed(asset, reason),
      flush: () => {
        sink.flush()
        report.tell(sink)
      },
    })
  } finally {
    await sink.end(job.signal).finally(() => report.tell(sink))
    const measured = report.measured()
    if (measured) context.models.measured.keep(rule ? looker.id : hash, measured)
  }
}

async function askRunner(context: HostContext, task: Omit<PredictTask, 'item'>, asset: Asset, signal?: AbortSignal) {
  return context.models.runner.run({ ...task, item: await itemFile(context, asset) }, signal ? { signal } : {})
}
