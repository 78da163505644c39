import type { z } from 'zod'
import type { QueueItem, QueueReason, QueueRequest, QueueState } from '#shared/contract/queue.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { rankDisputes } from '#shared/consensus/proposals/rank.ts'
import { lacking, nextToLabel, toReview, type Candidate } from '#shared/consensus/queue.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import { peopleWanted } from '#shared/model/overlap.ts'
import { importanceOf } from '#shared/model/project.ts'
import type { Estimates, Result } from './estimates.ts'
import { heldBack } from './heldBack.ts'
import type { ItemWork, Mirror } from './mirror.ts'
import { orderingOf, type Ordered } from './ordering.ts'

/** Who was handed an item and has not begun after so long is not waited for. */
const heldMs = 30 * 60_000

type Asked = z.output<typeof QueueRequest>

export interface Queue {
  next(request: Asked, now: number): QueueItem[]
  state(person: Author): QueueState
}

/** `cache`: the project's folder for what can be computed again. */
export function queueOf(mirror: Mirror, estimates: Estimates, cache: string): Queue {
  const handed = handedOut((asset, author) => {
    const work = mirror.items.get(asset)
    return work !== undefined && (work.submitted.has(author) || work.begun.includes(author))
  })
  const ordering = orderingOf(mirror, cache)
  const itemOf = (asset: AssetId, reason: QueueReason, sentence: string, people: number, wanted: number, chosen: Ordered['chosen'] = null): QueueItem =>
    ({ asset, name: mirror.items.get(asset)!.asset.name, reason, sentence: chosen ? `${sentence}; ${chosen.why}` : sentence, people, wanted, strategy: chosen?.strategy ?? null, value: chosen?.value ?? null })

  const toLabel = ({ for: me, limit, order, besides }: Asked, now: number): QueueItem[] => {
    const offers = nextToLabel(candidatesOf(mirror), me, handed.others(me, now)).filter(({ asset }) => asset !== besides)
    const rows = ordering.arrange(offers, me, order ?? mirror.project.order ?? null, limit)
    // Only the first is what the person will do; the others are what they see of the queue.
    const first = rows[0]?.offer
    if (first && first.reason !== 'begun') handed.give(first.asset, me, now)
    return rows.map(({ offer: { asset, reason, people, wanted, held }, chosen }) => itemOf(asset, reason, reasonOf(reason, people, wanted, held), people, wanted, chosen))
  }
  const reviews = (me: Author) => toReview(candidatesOf(mirror), me, (asset) => mirror.items.get(asset)!.final.length > 0)
  const disputed = (me: Author) => disputesByItem(estimates.current(), mirror, me)
  return {
    next(request, now) {
      mirror.sync()
      if (request.stage === 'label') return toLabel(request, now)
      if (request.stage === 'review') {
        return reviews(request.for).slice(0, request.limit).map(({ asset, wanted }) => itemOf(asset, 'single', 'one person did it; nobody has looked it over', 1, wanted))
      }
      const items = disputed(request.for)
      if (items === null) throw new QuorumError('not-found', 'Nothing is estimated yet. Run consensus first.')
      return items.slice(0, request.limit).map(({ asset, rank, disputes }) => {
        const work = mirror.items.get(asset)!
        return itemOf(asset, 'dispute', disputes === 1 ? `a dispute of rank ${rank}` : `${disputes} disputes, the first of rank ${rank}`, work.people.length, peopleWanted(mirror.project.overlap, work.asset))
      })
    },
    state(person) {
      mirror.sync()
      ordering.prepare()
      const candidates = [...candidatesOf(mirror)]
      const sum = (of: (candidate: Candidate) => number) => candidates.reduce((total, candidate) => total + of(candidate), 0)
      const offers = nextToLabel(candidates, person, () => 0)
      const items = disputed(person)
      return {
        items: candidates.length,
        label: {
          wanted: sum(({ wanted }) => wanted), submitted: sum(({ submitted }) => submitted.length), begun: sum(({ begun }) => begun.length), open: sum(lacking),
          mine: offers.length, mineBegun: offers.filter(({ reason }) => reason === 'begun').length,
        },
        review: { items: reviews(person).length },
        adjudicate: items && { disputes: items.reduce((total, { disputes }) => total + disputes, 0), items: items.length },
      }
    },
  }
}

function* candidatesOf({ items, project }: Mirror): Generator<Candidate> {
  for (const { asset, submitted, begun } of items.values()) yield { asset: asset.id, submitted: [...submitted.keys()], begun, wanted: peopleWanted(project.overlap, asset) }
}

const ordinals = ['', 'a first', 'a second', 'a third', 'a fourth', 'a fifth']

function reasonOf(reason: 'begun' | 'replica' | 'new', people: number, wanted: number, held: boolean): string {
  if (reason === 'begun') return 'you have begun it'
  const why = reason === 'new' ? (wanted === 1 ? 'nobody has done it yet' : `nobody has done it yet; it gets ${wanted} people`) : `needs ${ordinals[people + 1] ?? `one more after ${people}`} person`
  return held ? `${why}, but it was handed to somebody else a moment ago` : why
}

/** The item that each person was handed last; who `isAt` it counts there already. Kept in this process alone, because it is a courtesy and no promise. */
function handedOut(isAt: (asset: AssetId, author: Author) => boolean) {
  const all = new Map<Author, { readonly asset: AssetId; readonly until: number }>()
  return {
    give: (asset: AssetId, to: Author, now: number) => void all.set(to, { asset, until: now + heldMs }),
    /** By item, to how many others. */
    others(me: Author, now: number): (asset: AssetId) => number {
      const counts = new Map<AssetId, number>()
      for (const [author, { asset, until }] of all) if (author !== me && until > now && !isAt(asset, author)) counts.set(asset, (counts.get(asset) ?? 0) + 1)
      return (asset) => counts.get(asset) ?? 0
    },
  }
}

/** Items with open disputes that the person may see, the one with the most worth deciding first. */
function disputesByItem(result: Result | null, { project, items }: Mirror, me: Author): { asset: AssetId; rank: number; disputes: number }[] | null {
  if (!result) return null
  const shown = (work: ItemWork | undefined) => work !== undefined && heldBack(work, me, project) === null
  const ranked = rankDisputes([...result.entries.values()].filter(({ work }) => shown(work)).map(({ found }) => found), { profiles: result.skills.profiles, labels: importanceOf(project) })
  const byItem = Map.groupBy(ranked.map(({ asset }, at) => ({ asset, rank: at + 1 })), ({ asset }) => asset)
  return [...byItem].filter(([asset]) => items.has(asset)).map(([asset, all]) => ({ asset, rank: all[0]!.rank, disputes: all.length }))
}
