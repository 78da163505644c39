import { messageOf } from '#shared/contract/errors.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import { adding, type Diff } from '#shared/model/diff.ts'
import { newAnnotationId, newTierId, type AssetId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { Tier } from '#shared/model/tier.ts'
import { draftsOf } from '#shared/prelabel/drafts.ts'
import { labelsForClasses } from '#shared/prelabel/mapping.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import { keepVector } from '#electron/storage/vectorFile.ts'
import { addWritten, nothingWritten, type DraftRun, type DraftSink, type Written } from './draftRun.ts'
import { labellingOf, labelsFor, type Labelling } from './labelling.ts'
import type { Predicted } from './protocol.ts'
import { StandingDrafts, type RunKey } from './standing.ts'

const speechTier = 'Speech'
/** Least milliseconds between two changes of one run, so that windows are not told of every item; and most items in one. */
const everyMs = 500
const mostItems = 200

export interface WriterOptions {
  readonly project: OpenProject
  readonly run: DraftRun
  readonly now: () => number
  /** One durable change. */
  commit(diff: Diff): void
  /** Where it is counted; a tally of its own unless given. */
  readonly written?: Written
}

interface Heard { readonly asset: AssetId; readonly answer: Predicted; readonly at: number }
interface Now { readonly revision: number; readonly labelling: Labelling; readonly key: RunKey; readonly standing: StandingDrafts }

/**
 * Turns what a model says into drafts in the project. What was said waits for a moment, and is held against the project as it stands when it is
 * written: labels, mapping, who has judged what. What belongs together (a tier, a label, the drafts that use it, those that go) lands in one change.
 */
export class DraftWriter implements DraftSink {
  readonly written: Written
  readonly waiting = 0
  readonly #options: WriterOptions
  readonly #pending = new Map<AssetId, Heard>()
  #flushedAt = 0
  #current: Now | null = null

  constructor(options: WriterOptions) {
    this.#options = options
    this.written = options.written ?? nothingWritten()
  }

  wants({ id }: Pick<Asset, 'id'>): boolean {
    const { kind } = this.#now().standing.of(id)
    if (kind !== 'make') this.written[kind] += 1
    return kind === 'make'
  }

  said({ id }: Pick<Asset, 'id'>, answer: Predicted, at = this.#options.now()): void {
    this.#pending.set(id, { asset: id, answer, at })
    if (this.#options.now() - this.#flushedAt >= everyMs || this.#pending.size >= mostItems) this.flush()
  }

  /** What waits is let go of and counted only once it is written. Throws what `commit` throws. */
  flush(): void {
    if (this.#pending.size === 0) return
    const now = this.#now()
    const group = new Group(this.#options, now)
    for (const heard of this.#pending.values()) group.add(heard)
    if (!group.isEmpty) this.#options.commit(group.diff)
    for (const asset of group.nothingOn) now.standing.nothingOn(asset)
    this.#pending.clear()
    addWritten(this.written, group.written)
    this.#flushedAt = this.#options.now()
  }

  async end(): Promise<void> {
    this.flush()
  }

  /** What is known of the project, read anew after every change of it, whoever made it. */
  #now(): Now {
    const { project, run } = this.#options
    const revision = project.store.log.revision()
    if (this.#current?.revision === revision) return this.#current
    const labelling = labellingOf(project.store.db, run)
    const known = this.#current
    const key: RunKey = { model: run.model, hash: run.hash, settings: { ...run.settings, mapping: labelling.key } }
    const standing = known?.labelling.key === labelling.key ? known.standing : new StandingDrafts(project, key)
    return (this.#current = { revision, labelling, key, standing })
  }
}

/** What goes into one change. */
class Group {
  readonly written: Written = nothingWritten()
  /** Items that get no draft, although they were looked at. */
  readonly nothingOn: AssetId[] = []
  readonly #options: WriterOptions
  readonly #now: Now
  readonly #labels: Label[]
  readonly #added: AnyRecord[]
  readonly #removed: Annotation[] = []
  #tier: Tier | null

  constructor(options: WriterOptions, now: Now) {
    this.#options = options
    this.#now = now
    const { first, labels, tiers } = now.labelling
    this.#labels = [...labels]
    this.#added = [...first]
    this.written.labels = first.length
    this.#tier = tiers.find(({ name, points }) => !points && name.trim().toLowerCase() === speechTier.toLowerCase()) ?? null
  }

  get isEmpty(): boolean {
    return this.#added.length + this.#removed.length === 0
  }

  get diff(): Diff {
    return { ...adding(...this.#added), removed: Object.fromEntries(this.#removed.map((record) => [record.id, record])) }
  }

  add({ asset: id, answer: { outcome, backend }, at }: Heard): void {
    const { project, run } = this.#options
    const asset = project.store.records.read(id)
    if (asset?.type !== 'asset') return void (this.written.unknown += 1)
    // While the model looked, somebody may have judged what it drafted before, or another run may have been here.
    const plan = this.#now.standing.of(id)
    if (plan.kind !== 'make') return void (this.written[plan.kind] += 1)
    if (outcome.embedding) this.#keep(asset, outcome.embedding)
    if (run.makeLabels) this.#makeLabels(outcome.predictions.map(({ className }) => className))
    const { annotations, unmapped } = draftsOf(outcome.predictions, {
      asset, author: run.author, labelOf: labelsForClasses(this.#labels, this.#now.labelling.mapping), unlabelled: run.rule, newId: newAnnotationId,
      tier: asset.kind === 'audio' && outcome.predictions.some(({ geometry }) => geometry.kind === 'stretch') ? this.#speechTier().id : null,
      provenance: { by: 'model', model: run.model, version: run.version, hash: run.hash, settings: this.#now.key.settings, backend, at },
    })
    addWritten(this.written, { ...nothingWritten(), drafts: annotations.length, unmapped })
    this.#added.push(...annotations)
    this.#removed.push(...plan.replaced)
    if (annotations.length === 0) this.nothingOn.push(id)
  }

  #speechTier(): Tier {
    if (this.#tier !== null) return this.#tier
    const order = Math.max(-1, ...this.#now.labelling.tiers.map((tier) => tier.order)) + 1
    this.#tier = { type: 'tier', id: newTierId(), name: speechTier, order, parent: null, constraint: 'none', points: false, overlap: false }
    this.#added.push(this.#tier)
    return this.#tier
  }

  #makeLabels(classNames: readonly string[]): void {
    const made = labelsFor(classNames, this.#labels, this.#now.labelling.mapping)
    this.#labels.push(...made)
    this.#added.push(...made)
  }

  /** What the item is like; a disk that cannot keep it costs no draft. */
  #keep(asset: Asset, embedding: readonly number[]): void {
    const { project: { cache }, run } = this.#options
    try {
      keepVector(cache, `${run.model.replaceAll(/[^\w-]/gu, '-').slice(0, 100)}-${run.hash.slice(0, 16)}`, asset.hash, embedding)
    } catch (error) {
      this.written.notes = [`What items are like could not be kept: ${messageOf(error)}.`]
    }
  }
}
