import type { AcceptanceReport } from '#shared/contract/acceptance.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import { wallMs } from '#shared/model/clock.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { AssetId, ProjectId } from '#shared/model/id.ts'
import type { Submission } from '#shared/model/submission.ts'
import type { DraftVerdict, Verdict } from '#shared/model/verdict.ts'
import { acceptanceTally, type JudgedItem } from '#shared/prelabel/acceptance.ts'
import { controlSeed, isControl } from '#shared/prelabel/control.ts'
import type { Db } from '#electron/storage/database.ts'
import type { LogRow } from '#electron/storage/log.ts'
import { openProjectOf, projectRecord, type Handler, type HostContext } from './context.ts'

/** Items that are counted before other calls get their turn. */
const slice = 50
const nobody = new Set(['final', 'consensus'])

/** How the drafts of models fared. All items count, whoever asks: no record leaves, only figures. */
export const acceptanceHandler = (context: HostContext): Handler<'prelabel.acceptance'> => async (request) => {
  const project = openProjectOf(context)
  const { db } = project.store
  const drafted = draftedItems(db)
  const models = [...new Set([...drafted.values()].flatMap((of) => [...of]))].sort()
  const wanted = new Set(request.models ?? models)
  const tally = acceptanceTally(request.slice !== null)
  const shares = sharesOf(db)
  const read = reader(db, projectRecord(project).id, (at) => shares.findLast((share) => share.from <= at)?.share ?? 0)
  let items = 0
  for (const [asset, of] of drafted) {
    if (request.common ? [...wanted].some((model) => !of.has(model)) : ![...of].some((model) => wanted.has(model))) continue
    if (items++ % slice === slice - 1) await new Promise((resolve) => setImmediate(resolve))
    // Another project may have been opened meanwhile: then there is nothing more to say of this one.
    if (context.project !== project) break
    tally.add(read(asset, wanted, request.slice))
  }
  return { items, models, columns: columnsOf(db), rows: tally.rows(), trend: tally.trend(request.over) } satisfies AcceptanceReport
}

/** By item, the models that drafted on it. */
function draftedItems(db: Db): ReadonlyMap<AssetId, ReadonlySet<string>> {
  const found = new Map<AssetId, Set<string>>()
  const rows = db.prepare(`SELECT DISTINCT n.asset, json_extract(n.record, '$.provenance.model') AS model FROM annotations n WHERE n.draft = 1 AND json_extract(n.record, '$.provenance.by') = 'model'`)
  for (const { asset, model } of rows.all() as { asset: AssetId; model: string }[]) found.set(asset, (found.get(asset) ?? new Set()).add(model))
  return found
}

const columnsOf = (db: Db): string[] =>
  db.prepare(`SELECT DISTINCT m.key FROM assets a, json_each(a.record, '$.metadata') m ORDER BY m.key LIMIT 200`).pluck().all() as string[]

/** Which share of pairs was to be labeled unaided, and from when on: what counted when somebody submitted, not what is set today. */
function sharesOf(db: Db): { readonly from: number; readonly share: number }[] {
  const shares: { from: number; share: number }[] = []
  for (const { clock, diff } of db.prepare(`SELECT clock, diff FROM changes WHERE asset IS NULL AND diff LIKE '%"assistance"%' ORDER BY clock`).iterate() as IterableIterator<Pick<LogRow, 'clock' | 'diff'>>) {
    const { added, updated }: Diff = JSON.parse(diff)
    for (const record of [...Object.values(added), ...Object.values(updated).map(([, to]) => to)])
      if (record.type === 'project') shares.push({ from: wallMs(clock), share: record.assistance?.control ?? 0 })
  }
  return shares
}

function reader(db: Db, project: ProjectId, shareAt: (at: number) => number) {
  const on = (table: string) => db.prepare(`SELECT record FROM ${table} WHERE asset = ?`).pluck()
  const queries = { annotations: on('annotations'), verdicts: on('verdicts'), submissions: on('submissions'), asset: db.prepare('SELECT record FROM assets WHERE id = ?').pluck() }
  const all = <Row>(query: typeof queries.asset, id: AssetId) => (query.all(id) as string[]).map((text) => JSON.parse(text) as Row)
  return (asset: AssetId, models: ReadonlySet<string>, column: string | null): JudgedItem => {
    const annotations = all<Annotation>(queries.annotations, asset)
    const verdicts = all<Verdict>(queries.verdicts, asset).filter((verdict): verdict is DraftVerdict => verdict.about.kind === 'draft')
    const submissions = new Map(all<Submission>(queries.submissions, asset).map((submission) => [submission.author, submission]))
    const people = new Set<Author>([...submissions.keys(), ...verdicts.map(({ author }) => author)])
    const [item] = column === null ? [] : all<Asset>(queries.asset, asset)
    const value = column === null ? null : item?.metadata[column]
    return {
      slice: value === null || value === undefined ? null : String(value),
      drafts: annotations.filter(({ draft, provenance }) => draft && provenance.by === 'model' && models.has(provenance.model)),
      marks: annotations.filter(({ draft, layer, author }) => !draft && layer === (author as string) && !nobody.has(layer)),
      verdicts,
      visits: [...people].map((author) => {
        const submission = submissions.get(author)
        const submittedAt = submission?.state === 'submitted' ? submission.at : null
        return { author, submittedAt, control: isControl(controlSeed(project, author), asset, shareAt(submission?.at ?? Infinity)) }
      }),
    }
  }
}
