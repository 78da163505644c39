import type { Offer } from '#shared/consensus/queue.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import { sharesOf, type ItemOrder, type Strategy } from '#shared/model/itemOrder.ts'
import { createCoverage, type Nearest } from '#shared/prelabel/next/coverage.ts'
import { orderOf } from '#shared/prelabel/next/order.ts'
import { reasonFor } from '#shared/prelabel/next/reason.ts'
import type { Mirror } from './mirror.ts'
import { signalsOf } from './signals.ts'

/** An item to label, with what of the order chose it; null where the order was not asked. */
export interface Ordered { readonly offer: Offer; readonly chosen: { readonly strategy: Strategy; readonly value: number; readonly why: string } | null }

export interface Ordering {
  /** Puts what a person may take in this order: within what is as urgent (others' items that need one more, new ones), by the mix. What they have begun stays first. */
  arrange(offers: readonly Offer[], me: Author, order: ItemOrder | null, limit: number): Ordered[]
  /** Reads what an order needs, where the project has one, so that the first who asks what is next does not wait for it. */
  prepare(): void
}

/** `cache`: the project's folder for what can be computed again. */
export function orderingOf(mirror: Mirror, cache: string): Ordering {
  const signals = signalsOf(mirror, cache)
  const covered = new Map<string, ReturnType<typeof createCoverage>>()

  /** By what is labelled at all; of others' items, which are labelled, by what I labelled. */
  const nearest = (reason: Offer['reason'], me: Author): Nearest => {
    const whose = reason === 'replica' ? `of ${me}` : 'all'
    const coverage = covered.get(whose) ?? createCoverage()
    covered.set(whose, coverage)
    const labelled = new Set<AssetId>()
    for (const [asset, { people, begun, submitted }] of mirror.items) {
      if (reason === 'replica' ? submitted.has(me) || begun.includes(me) : people.length + begun.length > 0) labelled.add(asset)
    }
    return coverage(signals.vectors, labelled)
  }
  const asks = (order: ItemOrder | null | undefined): order is ItemOrder => !!order && sharesOf(order.mix).length > 0
  const arrange: Ordering['arrange'] = (offers, me, order, limit) => {
    if (!asks(order)) return offers.slice(0, limit).map((offer) => ({ offer, chosen: null }))
    signals.sync()
    const rows: Ordered[] = []
    for (const alike of asUrgent(offers)) {
      if (rows.length >= limit) break
      const { reason } = alike[0]!
      if (reason === 'begun') {
        rows.push(...alike.slice(0, limit - rows.length).map((offer) => ({ offer, chosen: null })))
        continue
      }
      const byAsset = new Map(alike.map((offer) => [offer.asset, offer]))
      const candidates = new Map(alike.map(({ asset }) => [asset, signals.candidate(asset, me)]))
      const far = order.mix.diverse ? nearest(reason, me) : null
      for (const card of orderOf([...candidates.values()], { ...order, counts: signals.counts, limit: limit - rows.length, ...(far ? { nearest: far } : {}) })) {
        rows.push({ offer: byAsset.get(card.asset)!, chosen: { strategy: card.strategy, value: card.value, why: reasonFor(card, candidates.get(card.asset)!, signals) } })
      }
    }
    return rows
  }
  return { arrange, prepare: () => { if (asks(mirror.project.order)) signals.sync() } }
}

/** The offers as they come, cut where one is less urgent than the one before. */
function asUrgent(offers: readonly Offer[]): Offer[][] {
  return [...Map.groupBy(offers, ({ reason, held }) => `${held} ${reason}`).values()]
}
