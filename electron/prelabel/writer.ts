import { QuorumError } from '#shared/contract/errors.ts'
import type { PrelabelReport } from '#shared/contract/prelabel.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import { adding, type Diff } from '#shared/model/diff.ts'
import { newAnnotationId, newLabelId, newTierId, type TierId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { glyphNames, labelColors } from '#shared/model/palette.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { Tier } from '#shared/model/tier.ts'
import { draftsOf } from '#shared/prelabel/drafts.ts'
import { labelsForClasses } from '#shared/prelabel/mapping.ts'
import type { ClassMapping } from '#shared/contract/prelabel.ts'
import type { Predicted } from './protocol.ts'
import type { RunKey } from './standing.ts'

const speechTier = 'Speech'
/** Least milliseconds between two changes of one run, so that windows are not told of every item. */
const everyMs = 500

export interface WriterOptions {
  readonly key: RunKey & { readonly version: string }
  readonly author: Author
  readonly labels: readonly Label[]
  readonly tiers: readonly Tier[]
  readonly mapping: ClassMapping
  readonly makeLabels: boolean
  readonly unlabelled: boolean
  readonly now: () => number
  /** One durable change. */
  commit(diff: Diff): void
  /** Keeps what the item is like, of models that say so. */
  keep(asset: Asset, embedding: readonly number[]): void
}

/** Turns what a model says into drafts in the project: what belongs together (a tier, a label, the drafts that use it, those that go) lands in one change. */
export class DraftWriter {
  readonly #options: WriterOptions
  readonly #labels: Label[]
  readonly #report: PrelabelReport
  #tier: TierId | null
  #pending: { added: AnyRecord[]; removed: Annotation[]; drafts: number } = nothing()
  #committedAt = 0

  constructor(options: WriterOptions, report: PrelabelReport) {
    this.#options = options
    this.#report = report
    this.#labels = [...options.labels]
    this.#tier = options.tiers.find(({ name, points }) => !points && name.trim().toLowerCase() === speechTier.toLowerCase())?.id ?? null
  }

  /** How many drafts the item got. */
  said(asset: Asset, { outcome, backend }: Predicted, replaced: readonly Annotation[]): number {
    const { key, author, mapping, now } = this.#options
    const { predictions, embedding } = outcome
    if (embedding) this.#options.keep(asset, embedding)
    if (this.#options.makeLabels) this.#makeLabels(predictions.map(({ className }) => className))
    const { annotations, unmapped } = draftsOf(predictions, {
      asset, author, labelOf: labelsForClasses(this.#labels, mapping), unlabelled: this.#options.unlabelled, newId: newAnnotationId,
      tier: asset.kind === 'audio' && predictions.some(({ geometry }) => geometry.kind === 'stretch') ? this.#speechTier() : null,
      provenance: { by: 'model', model: key.model, version: key.version, hash: key.hash, settings: key.settings, backend, at: now() },
    })
    for (const [name, count] of Object.entries(unmapped)) this.#report.unmapped[name] = (this.#report.unmapped[name] ?? 0) + count
    this.#pending.drafts += annotations.length
    this.#pending.added.push(...annotations)
    this.#pending.removed.push(...replaced)
    if (now() - this.#committedAt >= everyMs) this.flush()
    return annotations.length
  }

  /** What waits is let go of and counted only once it is written. Throws what `commit` throws. */
  flush(): void {
    const { added, removed, drafts } = this.#pending
    if (added.length + removed.length === 0) return
    this.#options.commit({ ...adding(...added), removed: Object.fromEntries(removed.map((record) => [record.id, record])) })
    this.#pending = nothing()
    this.#report.drafts += drafts
    this.#committedAt = this.#options.now()
  }

  #speechTier(): TierId {
    if (this.#tier !== null) return this.#tier
    const order = Math.max(-1, ...this.#options.tiers.map((tier) => tier.order)) + 1
    const tier: Tier = { type: 'tier', id: newTierId(), name: speechTier, order, parent: null, constraint: 'none', points: false, overlap: false }
    this.#pending.added.push(tier)
    this.#tier = tier.id
    return tier.id
  }

  #makeLabels(classNames: readonly string[]): void {
    const made = labelsFor(classNames, this.#labels, this.#options.mapping)
    this.#labels.push(...made)
    this.#pending.added.push(...made)
  }
}

/** Labels for classes that have none, one for names that differ in case alone; the palette goes on where the schema stands. */
export function labelsFor(classNames: readonly string[], labels: readonly Label[], mapping: ClassMapping): Label[] {
  const labelOf = labelsForClasses(labels, mapping)
  const first = Math.max(-1, ...labels.map((label) => label.order)) + 1
  const names = new Map(classNames.filter((name) => name.trim() !== '' && labelOf(name) === undefined).toReversed().map((name) => [name.normalize('NFC').trim().toLowerCase(), name]))
  return [...names.values()].toReversed().map((name, at) => ({
    type: 'label', id: newLabelId(), name: name.normalize('NFC').trim().slice(0, 200), color: labelColors[(first + at) % labelColors.length]!, glyph: glyphNames[(first + at) % glyphNames.length]!,
    hotkey: null, order: first + at, kinds: [], attributes: [], parent: null, externalId: null, keypoints: null,
  }))
}

const nothing = () => ({ added: [], removed: [], drafts: 0 })

/** For reports that nobody kept. */
export const noReport = () => new QuorumError('not-found', 'The report of that run is not kept any more. Run the model again with the same settings: what is done is passed over.')
