import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AssetFilter } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { PrelabelRequest, type ClassMapping, type PrelabelReport } from '#shared/contract/prelabel.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import { adding, type Diff } from '#shared/model/diff.ts'
import { newChangeId, type AssetId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { RunSettings } from '#shared/prelabel/manifest.ts'
import { labelsForClasses } from '#shared/prelabel/mapping.ts'
import type { JobPlan, RestingContext } from '#electron/jobs/queue.ts'
import { medianOf } from '#electron/prelabel/measuring.ts'
import type { PredictTask } from '#electron/prelabel/protocol.ts'
import { runAll } from '#electron/prelabel/runAll.ts'
import { StandingDrafts } from '#electron/prelabel/standing.ts'
import { DraftWriter, labelsFor, noReport } from '#electron/prelabel/writer.ts'
import { keepVector } from '#electron/storage/vectorFile.ts'
import { acceptanceHandler } from './acceptance.ts'
import { authorOf, projectRecord, workOf, writableProjectOf, type HostContext, type Noun } from './context.ts'
import { assetFor, itemFile, readyLooker, said, type ReadyLooker } from './looker.ts'
import { itemsOf } from './prelabelItems.ts'
import { stateOf } from './projectState.ts'

const Request = PrelabelRequest.extend({ filter: AssetFilter.nullable().default(null) })
type Request = z.output<typeof Request>
/** What stands in the journal, so that a run can go on after the program ended. */
const Kept = z.object({ request: Request, author: z.string() })

export function prelabelHandlers(context: HostContext): Noun<'prelabel'> {
  return {
    async 'prelabel.start'(request) {
      writableProjectOf(context)
      const looker = await readyLooker(context, request.model)
      refuseAtWork(context, looker)
      return { job: workOf(context).jobs.start(prelabelPlan(context, request, looker, authorOf(context))).id }
    },
    'prelabel.stopped'({ model }) {
      const jobs = context.work?.jobs
      const stopped = jobs?.list().findLast(({ id, kind, state, resumable }) => kind === 'prelabel' && resumable && (state === 'cancelled' || state === 'failed') && modelOfRun(jobs.request(id)) === model)
      return { job: stopped?.id ?? null }
    },
    'prelabel.acceptance': acceptanceHandler(context),
    'prelabel.report'({ job }) {
      const report = context.reports.prelabels.get(job)
      if (!report) throw noReport()
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

async function prelabel(context: HostContext, request: Request, looker: ReadyLooker, author: Author, job: RestingContext, id: string): Promise<void> {
  const project = writableProjectOf(context)
  const { labels: before, tiers } = stateOf(context)
  const mapping = projectRecord(project).assistance?.mappings[looker.id] ?? {}
  const settings = settingsOf(looker, request)
  const items = itemsOf(context, request, looker.looksAt)
  const commit = (diff: Diff) => {
    const { change, revision } = project.store.apply({ id: newChangeId(), name: `pre-label with ${looker.id}`, asset: null, intent: { kind: 'do' }, durationMs: null, diff }, author)
    context.emit({ kind: 'changed', revision, change })
  }
  const first = before.length === 0 && items.length > 0 ? firstLabels(looker, mapping) : []
  if (first.length > 0) commit(adding(...first))
  const labels = [...before, ...first]
  const key = { model: looker.id, version: looker.version, hash: looker.hash, settings: { ...settings, mapping: mappingKey(looker.classes, labels, mapping, request.makeLabels) } }
  const report: PrelabelReport = { model: looker.id, items: items.length, drafts: 0, failed: [], skipped: 0, unmapped: {}, notes: [], perItemMs: null, backend: looker.by.kind === 'rule' ? 'rule' : 'wasm' }
  context.reports.prelabels.set(id, report)
  const standing = new StandingDrafts(project, key)
  const notes = new Map<string, number>()
  const keep = (asset: Asset, embedding: readonly number[]) => {
    try {
      keepVector(project.cache, `${looker.id.replaceAll(/[^\w-]/gu, '-').slice(0, 100)}-${looker.hash.slice(0, 16)}`, asset.hash, embedding)
    } catch (error) {
      notes.set(`What items are like could not be kept: ${error instanceof Error ? error.message : String(error)}.`, 1)
    }
  }
  const writer = new DraftWriter({ key, author, labels, tiers, mapping, makeLabels: request.makeLabels, unlabelled: looker.by.kind === 'rule', now: context.now, commit, keep }, report)
  const times: number[] = []
  let judged = 0
  const toMake = (asset: AssetId) => {
    const plan = standing.of(asset)
    if (plan.kind === 'make') return plan
    report.skipped += 1
    if (plan.kind === 'judged') judged += 1
    return null
  }
  try {
    await runAll({
      items, job,
      wants: ({ id: asset }) => toMake(asset) !== null,
      look: (asset) => askRunner(context, { kind: 'predict', by: looker.by, region: null, settings }, asset, job.signal),
      said(asset, answer) {
        report.backend = answer.backend
        times.push(answer.ms)
        // While the model looked, somebody may have judged what it drafted before.
        const plan = toMake(asset.id)
        if (plan === null) return
        const made = writer.said(asset, answer, plan.replaced)
        // What goes must go before anybody judges it.
        if (plan.replaced.length > 0) writer.flush()
        if (made === 0) standing.nothingOn(asset.id)
        for (const note of answer.outcome.notes) notes.set(note, (notes.get(note) ?? 0) + 1)
      },
      failed: (asset, reason) => void report.failed.push({ asset: asset.id, name: asset.name, reason: `${reason}${/[.!?]$/u.test(reason) ? '' : '.'}` }),
      flush: () => writer.flush(),
    })
  } finally {
    // As the models' process measured it: answers come in groups, and neither its start nor the loading of the model is in it.
    report.perItemMs = times.length > 0 ? times.reduce((sum, ms) => sum + ms, 0) / times.length : null
    report.notes = [...(first.length > 0 ? [madeNote(first.length, looker.name)] : []), ...(judged > 0 ? [`${judged} items keep earlier drafts of this model, because somebody has judged them.`] : []), ...[...notes].map(([note, count]) => (count === 1 ? note : `${note} (${count} items)`))]
    if (times.length > 0) context.models.measured.keep(looker.by.kind === 'rule' ? looker.id : looker.hash, { ms: medianOf(times), backend: report.backend })
  }
}

/** A project without any label could keep no draft of a model that names what it sees: it gets all of the model's classes. */
const firstLabels = ({ by, task, classes }: ReadyLooker, mapping: ClassMapping): Label[] =>
  (by.kind === 'model' && (task === 'detect' || task === 'segment' || task === 'classify') ? labelsFor(classes, [], mapping) : [])

const madeNote = (count: number, model: string) => `The project had no labels, so ${count === 1 ? 'one was made for the class' : `${count} were made for the classes`} of ${model}.`

function settingsOf({ settings }: ReadyLooker, { threshold, overlap }: Request): RunSettings {
  return { ...settings, ...(threshold === null ? {} : { threshold }), ...(overlap === null ? {} : { overlap }) }
}

/** Tells two ways apart in which classes become labels; part of a run's settings, so that a class that got a label since is looked for again. */
function mappingKey(classes: readonly string[], labels: readonly Label[], mapping: ClassMapping, makeLabels: boolean): string {
  const labelOf = labelsForClasses(labels, mapping)
  const ways = classes.map((name) => (Object.hasOwn(mapping, name) ? labelOf(name) ?? 'none' : labelOf(name) === undefined && !makeLabels ? 'missing' : 'name'))
  return createHash('sha256').update(ways.join('\n')).digest('hex').slice(0, 12)
}

async function askRunner(context: HostContext, task: Omit<PredictTask, 'item'>, asset: Asset, signal?: AbortSignal) {
  return context.models.runner.run({ ...task, item: await itemFile(context, asset) }, signal ? { signal } : {})
}
