import type { ConsensusRequest } from '#shared/contract/consensus.ts'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import { estimateItem, estimateLayout } from '#shared/consensus/proposals/estimateItem.ts'
import type { ConsensusOptions, ItemInput } from '#shared/consensus/proposals/item.ts'
import { layoutOf, type Layout } from '#shared/consensus/proposals/layout.ts'
import { learn, learnFrom, type Learned } from '#shared/consensus/proposals/learn.ts'
import type { ItemProposals, PersonProfile } from '#shared/consensus/proposal.ts'
import { randomToken, type AssetId } from '#shared/model/id.ts'
import { defaultBars } from '#shared/model/project.ts'
import type { Tier } from '#shared/model/tier.ts'
import { schemaOf } from '#electron/storage/workQueries.ts'
import { inSentence } from './letters.ts'
import type { ItemWork, Mirror } from './mirror.ts'
import type { Place } from './place.ts'
import { keepResult, keptResult } from './resultCache.ts'

export interface Entry { readonly work: ItemWork; readonly found: ItemProposals }

/** What was learned of the people, as far as it is told. */
export interface Skills { readonly profiles: readonly PersonProfile[]; readonly used: string; readonly why: string }

/** The last run, with what changed since estimated anew. */
export interface Result {
  /** Names the run. */
  readonly id: string
  readonly request: ConsensusRequest
  readonly options: ConsensusOptions
  readonly tiers: readonly Tier[]
  readonly skills: Skills
  /** Milliseconds since 1970, and the state of the project. */
  readonly learnedAt: number
  readonly learnedRevision: number
  readonly changed: ReadonlySet<AssetId>
  /** Items that could not be estimated, and why: they stop nobody else's. */
  readonly failed: ReadonlyMap<AssetId, string>
  /** In the natural order of the items' names. */
  readonly entries: ReadonlyMap<AssetId, Entry>
  /** The same item by what was learned, with other input. */
  estimate(input: ItemInput): ItemProposals
}

export interface Estimates {
  /** A run in steps, so that progress shows and other questions come in between. */
  begin(request: ConsensusRequest): { token: string; items: number }
  /** Items done so far, after about as long as a step may last. */
  lay(token: string): number
  learn(token: string): void
  estimate(token: string): number
  finish(token: string, now: number): void
  /** The last run brought up to the project's state; null before the first. */
  current(): Result | null
}

interface Pending {
  readonly token: string
  readonly request: ConsensusRequest
  readonly options: ConsensusOptions
  readonly tiers: readonly Tier[]
  readonly revision: number
  readonly works: readonly ItemWork[]
  readonly layouts: Layout[]
  readonly found: ItemProposals[]
  readonly failed: Map<AssetId, string>
  learned: Learned | null
}

interface Run extends Omit<Result, 'entries' | 'changed' | 'failed' | 'estimate'> {
  readonly failed: Map<AssetId, string>
  entries: Map<AssetId, Entry>
  readonly changed: Set<AssetId>
  /** Skills are learned anew where only what they gave was kept on the disk. */
  learned: Learned | null
}

export const inputOf = ({ asset, people, annotations, final, relations, verdicts }: ItemWork, tiers: readonly Tier[]): ItemInput =>
  ({ asset: asset.id, people, annotations: [...annotations, ...final], relations, verdicts, tiers })

const hasWork = ({ people, final }: ItemWork) => people.length > 0 || final.length > 0

export function estimatesOf(mirror: Mirror, { cacheFile, keeps }: Pick<Place, 'cacheFile' | 'keeps'>): Estimates {
  let pending: Pending | null = null
  let run: Run | null = null
  let looked = false

  const stepOf = (token: string): Pending => {
    if (pending?.token !== token) throw new QuorumError('cancelled', 'Another run of consensus was begun in place of this one.')
    return pending
  }
  const optionsOf = (request: ConsensusRequest) => {
    const { labels, tiers } = schemaOf(mirror.db)
    const options: ConsensusOptions = {
      bars: request.bars ?? mirror.project.bars ?? defaultBars, method: request.method, areas: request.areas, boxes: request.boxes, labels, glossary: mirror.project.writing?.glossary ?? [], nameOf: inSentence,
    }
    return { options, tiers }
  }
  const restored = (): Run | null => {
    if (looked) return null
    looked = true
    const kept = keptResult(cacheFile, mirror)
    if (!kept) return null
    const { found, changed, ...rest } = kept
    const entries = found.flatMap((one): [AssetId, Entry][] => {
      const work = mirror.items.get(one.asset)
      return work && !changed.has(one.asset) ? [[one.asset, { work, found: one }]] : []
    })
    return { ...rest, ...optionsOf(kept.request), failed: new Map(), changed, learned: null, entries: new Map(entries) }
  }
  return {
    begin(request) {
      const { revision } = mirror.sync()
      const works = [...mirror.items.values()].filter(hasWork)
      pending = { token: randomToken(), request, ...optionsOf(request), revision, works, layouts: [], found: [], failed: new Map(), learned: null }
      return { token: pending.token, items: works.length }
    },
    lay(token) {
      const { works, tiers, options, layouts, failed } = stepOf(token)
      return forAWhile(works.length, layouts, (at) => {
        const input = inputOf(works[at]!, tiers)
        return orElse(() => layoutOf(input, options), () => layoutOf({ ...input, annotations: [], relations: [], verdicts: [] }, options), input.asset, failed)
      })
    },
    learn(token) {
      const step = stepOf(token)
      step.learned = learnFrom(step.layouts, step.options)
    },
    estimate(token) {
      const { layouts, learned, options, found, failed } = stepOf(token)
      return forAWhile(layouts.length, found, (at) => orElse(() => estimateLayout(layouts[at]!, learned!, options), () => nothing(layouts[at]!.item), layouts[at]!.item.asset, failed))
    },
    finish(token, now) {
      const { request, options, tiers, revision, works, found, failed, learned } = stepOf(token)
      pending = null
      looked = true
      run = {
        id: token, request, options, tiers, learned, failed, skills: skillsOf(learned!), learnedAt: now, learnedRevision: revision, changed: new Set(),
        entries: new Map(works.map((work, at) => [work.asset.id, { work, found: found[at]! }])),
      }
      if (keeps) keepResult(cacheFile, mirror, { ...run, found })
    },
    current() {
      mirror.sync()
      run ??= restored()
      if (run) bringUp(run, mirror)
      return run && resultOf(run, mirror)
    },
  }
}

/** Milliseconds that a step may take: boxes are quick and areas slow, and others' questions wait for it. */
const stepMs = 150

/** Fills `into` up to `count`, as far as a step goes; says how far that is. */
function forAWhile<Made>(count: number, into: Made[], make: (at: number) => Made): number {
  const until = performance.now() + stepMs
  while (into.length < count && performance.now() < until) into.push(make(into.length))
  return into.length
}

const nothing = ({ asset, people }: ItemInput): ItemProposals => ({ asset, people: [...people], proposals: [], relations: [], speakers: [] })

/** What `make` gives, or where it throws `other`, and the reason in `failed`. */
function orElse<Made>(make: () => Made, other: () => Made, asset: AssetId, failed: Map<AssetId, string>): Made {
  try {
    return make()
  } catch (error) {
    failed.set(asset, messageOf(error))
    return other()
  }
}

const skillsOf = ({ profiles, labels }: Learned): Skills => ({ profiles, used: labels.method, why: labels.reason })

function learnedOf(run: Run, mirror: Mirror): Learned {
  return (run.learned ??= learn([...mirror.items.values()].filter(hasWork).map((work) => inputOf(work, run.tiers)), run.options))
}

/** Estimates anew what changed since, with the skills as they were learned: one item is cheap, the skills hardly move by it. */
function bringUp(run: Run, mirror: Mirror): void {
  let moved = false
  for (const [id, work] of mirror.items) {
    const entry = run.entries.get(id)
    if (entry?.work === work || (!entry && !hasWork(work))) continue
    moved = true
    run.changed.add(id)
    run.failed.delete(id)
    const input = inputOf(work, run.tiers)
    if (hasWork(work)) run.entries.set(id, { work, found: orElse(() => estimateItem(input, learnedOf(run, mirror), run.options), () => nothing(input), id, run.failed) })
    else run.entries.delete(id)
  }
  const gone = [...run.entries.keys()].filter((id) => !mirror.items.has(id))
  for (const id of gone) run.entries.delete(id)
  if (moved) run.entries = new Map([...mirror.items.keys()].flatMap((id) => (run.entries.has(id) ? [[id, run.entries.get(id)!]] : [])))
}

const resultOf = (run: Run, mirror: Mirror): Result => ({ ...run, estimate: (input) => estimateItem(input, learnedOf(run, mirror), run.options) })
