import { sameValue } from '#shared/model/apply.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { Asset } from '#shared/model/asset.ts'
import { layerOf, type Author } from '#shared/model/author.ts'
import type { ChangeRequest } from '#shared/model/change.ts'
import { after, invert, type Diff } from '#shared/model/diff.ts'
import type { Label } from '#shared/model/label.ts'
import type { AnyRecord, RecordOf, RecordType } from '#shared/model/record.ts'
import { submissionId } from '#shared/model/submission.ts'
import { verdictId, type Verdict } from '#shared/model/verdict.ts'
import { modelLayer } from '#shared/prelabel/drafts.ts'
import type { ProjectStore } from '#electron/storage/projectStore.ts'

/** Layers that belong to nobody in particular, so that anybody may write in them. */
const sharedLayers: readonly string[] = ['final', 'consensus']

const refuse = (sentence: string): never => {
  throw new QuorumError('invalid-input', sentence)
}

/**
 * Refuses what a person may not do to the records as they really are (`effect` is what the request would change):
 * others' layers are never touched, what a record points to must be there, and the project stays one with one schema.
 * Taking back one's own change is allowed whatever it touched.
 */
export function assertAllowed(store: ProjectStore, request: ChangeRequest, effect: Diff, author: Author): void {
  if (!takesBackOwn(store, request, author)) assertMine(effect, author)
  assertOneProject(store, effect)
  assertLabels(store, effect)
  assertAssets(store, effect)
  for (const record of after(effect)) assertPointsSomewhere(store, record, effect)
  if (request.asset !== null) assertOnItem(effect, request.asset)
}

/** Whether the request is the exact reversal, or repetition, of a change that the same person made. */
function takesBackOwn(store: ProjectStore, { intent, diff }: ChangeRequest, author: Author): boolean {
  if (intent.kind === 'do') return false
  const target = store.log.find(intent.target)
  if (target?.author !== author) return false
  const made: Diff = JSON.parse(target.diff)
  return sameValue(diff, intent.kind === 'undo' ? invert(made) : made)
}

function assertMine(effect: Diff, author: Author): void {
  const mine = (record: AnyRecord) => {
    if (record.type === 'submission' || record.type === 'verdict') return record.author === author
    if (record.type !== 'annotation' && record.type !== 'relation') return true
    return record.layer === layerOf(author) || sharedLayers.includes(record.layer)
  }
  // What a model or a file proposed may be cleared away by anybody, but is nobody's to change: who accepts it gets a copy. A person's own draft is theirs.
  const proposed = (record: AnyRecord) => record.type === 'annotation' && record.draft && record.provenance.by !== 'human'
  // A window runs models too: what one said on a person's behalf goes to the model's layer, as a draft with the model on record.
  const asked = (record: AnyRecord) => proposed(record) && record.type === 'annotation' && record.author === author && record.provenance.by === 'model' && record.layer === modelLayer(record.provenance.model)
  const foreign = Object.values(effect.removed).find((record) => !mine(record) && !proposed(record))
    ?? [...Object.values(effect.updated).flat(), ...Object.values(effect.added).filter((record) => !asked(record))].find((record) => !mine(record))
  if (!foreign) return
  const whose = 'layer' in foreign ? `the layer of ${foreign.layer}` : 'somebody else'
  refuse(`${foreign.id} belongs to ${whose}; ${author} cannot change it. Copy it into your own layer instead.`)
}

function of<Type extends RecordType>(records: Readonly<Record<string, AnyRecord>>, type: Type): RecordOf<Type>[] {
  return Object.values(records).filter((record): record is RecordOf<Type> => record.type === type)
}

/** The project record can be changed, but neither doubled nor taken away. */
function assertOneProject({ db }: ProjectStore, effect: Diff): void {
  if (of(effect.removed, 'project').length > 0) refuse('The project itself cannot be removed.')
  const added = of(effect.added, 'project').length
  if (added > 0 && added + Number(db.prepare('SELECT count(*) FROM projects').pluck().get()) > 1) refuse('There is a project here already; a second one cannot be added to it.')
}

/** Two labels never share a name, and a label that is in use leaves only together with its annotations. */
function assertLabels({ db }: ProjectStore, effect: Diff): void {
  const renamed = Object.values(effect.updated).flatMap(([from, to]) => (from.type === 'label' && to.type === 'label' && from.name !== to.name ? [to] : []))
  const named: Label[] = [...of(effect.added, 'label'), ...renamed]
  const names = new Map<string, string>()
  for (const { id, name } of named) {
    const others = db.prepare('SELECT id FROM labels WHERE name = ? AND id <> ?').pluck().all(name, id) as string[]
    const kept = others.find((other) => !(other in effect.removed) && !named.some((label) => label.id === other))
    if (kept ?? names.get(name)) refuse(`There is a label "${name}" already. Choose another name, or merge the two.`)
    names.set(name, id)
  }
  const moved = new Set([...Object.keys(effect.updated), ...Object.keys(effect.removed)])
  for (const { id, name } of of(effect.removed, 'label')) {
    const used = (db.prepare('SELECT id FROM annotations WHERE label = ?').pluck().all(id) as string[]).filter((annotation) => !moved.has(annotation)).length
    if (used > 0) refuse(`"${name}" is the label of ${used} annotations. Say first where they go: merge it into another label.`)
  }
}

/** What a change may alter of an item: its name, its columns, its findings. Which file it is, only an import says. */
function assertAssets({ db }: ProjectStore, effect: Diff): void {
  const fixed = (asset: Asset) => ({ ...asset, name: '', metadata: {}, findings: [] })
  for (const [from, to] of Object.values(effect.updated)) {
    if (from.type === 'asset' && to.type === 'asset' && !sameValue(fixed(from), fixed(to))) refuse(`${from.name}: a change may not say which file an item is. Import the file instead.`)
  }
  for (const asset of of(effect.added, 'asset')) {
    if (asset.source.mode !== 'copied' || !/^media\/[^/\\]+(?:\/[^/\\]+)*$/u.test(asset.source.path) || asset.source.path.split('/').includes('..')) {
      refuse(`${asset.name}: an item that is added by a change must lie in the project's media folder. Import the file instead.`)
    }
  }
  for (const { id, name } of of(effect.removed, 'asset')) {
    for (const table of ['annotations', 'relations', 'submissions', 'verdicts']) {
      const there = (db.prepare(`SELECT id FROM ${table} WHERE asset = ?`).pluck().all(id) as string[]).filter((record) => !(record in effect.removed)).length
      if (there > 0) refuse(`${name} cannot be removed: ${there} ${table} lie on it.`)
    }
  }
}

function assertPointsSomewhere({ records }: ProjectStore, record: AnyRecord, effect: Diff): void {
  const read = (id: string): AnyRecord | undefined => (id in effect.removed ? undefined : effect.added[id] ?? effect.updated[id]?.[1] ?? records.read(id))
  if (record.type === 'annotation' && record.label !== null && !read(record.label)) refuse(`${record.id} has the label ${record.label}, which is not in this project.`)
  if ('asset' in record && !read(record.asset)) refuse(`${record.id} lies on ${record.asset}, which is not in this project.`)
  if (record.type === 'submission' && record.id !== submissionId(record.asset, record.author)) refuse(`${record.id} is not the id of ${record.author}'s submission of ${record.asset}.`)
  if (record.type === 'verdict') assertJudges(read, record)
  if (record.type !== 'relation') return
  for (const end of [record.from, record.to]) {
    const annotation = read(end)
    if (annotation?.type !== 'annotation' || annotation.asset !== record.asset) refuse(`${record.id} ties ${end}, which is not on ${record.asset}.`)
  }
}

/** A verdict has the id of what it judges, and a draft that it judges lies on its item. */
function assertJudges(read: (id: string) => AnyRecord | undefined, verdict: Verdict): void {
  if (verdict.id !== verdictId(verdict)) refuse(`${verdict.id} is not the id of ${verdict.author}'s verdict; it must be ${verdictId(verdict)}.`)
  const { about } = verdict
  if (about.kind !== 'draft') return
  const judged = read(about.draft)
  if (judged?.type !== 'annotation' || judged.asset !== verdict.asset) refuse(`${verdict.id} judges ${about.draft}, which is not on ${verdict.asset}.`)
}

/** A change that says that it was made on an item touches no other: undo walks the changes of one item. */
function assertOnItem(effect: Diff, asset: string): void {
  const touched = [...Object.values(effect.removed), ...Object.values(effect.updated).flat(), ...Object.values(effect.added)]
  const elsewhere = touched.find((record) => 'asset' in record && record.asset !== asset)
  if (elsewhere) refuse(`The change is said to be made on ${asset}, but ${elsewhere.id} does not lie on it.`)
}
