import { adding, removing, updating } from '#shared/model/diff.ts'
import { newTierId } from '#shared/model/id.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { Edit } from '#renderer/tools/edited.ts'

/** A tier at the end of the list, its name made different from the others'. */
export function newTier(name: string, tiers: readonly Tier[], parts: Partial<Pick<Tier, 'parent' | 'constraint' | 'points' | 'overlap'>> = {}): Tier {
  const names = new Set(tiers.map((tier) => tier.name))
  let free = name
  for (let n = 2; names.has(free); n++) free = `${name} ${n}`
  const order = tiers.reduce((most, tier) => Math.max(most, tier.order), -1) + 1
  return { type: 'tier', id: newTierId(), name: free, order, parent: null, constraint: 'none', points: false, overlap: false, ...parts }
}

export const addTier = (tier: Tier): Edit => ({ name: 'add tier', diff: adding(tier) })

/** Null for a name that is empty or taken. */
export function renameTier(tier: Tier, name: string, tiers: readonly Tier[]): Edit | null {
  const wanted = name.normalize('NFC').trim().slice(0, 200)
  if (wanted === '' || wanted === tier.name || tiers.some((each) => each.name === wanted)) return null
  return { name: 'rename tier', diff: updating([tier, { ...tier, name: wanted }]) }
}

export const setOverlap = (tier: Tier, overlap: boolean): Edit => ({ name: overlap ? 'allow overlap' : 'forbid overlap', diff: updating([tier, { ...tier, overlap }]) })

/** One place up (-1) or down (1); null at the end of the list. */
export function moveTier(tier: Tier, by: 1 | -1, tiers: readonly Tier[]): Edit | null {
  const sorted = tiers.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  const place = sorted.findIndex(({ id }) => id === tier.id)
  const other = sorted[place + by]
  if (place < 0 || !other) return null
  const order = [...sorted]
  order[place] = other
  order[place + by] = tier
  const pairs = order.flatMap((each, index): [Tier, Tier][] => (each.order === index ? [] : [[each, { ...each, order: index }]]))
  return { name: 'move tier', diff: updating(...pairs) }
}

/** The tier gone; tiers under it stand for themselves. */
export const removeTier = (tier: Tier, tiers: readonly Tier[]): Edit => ({
  name: 'delete tier',
  diff: { ...removing(tier), updated: updating(...tiers.filter(({ parent }) => parent === tier.id).map((child): [Tier, Tier] => [child, { ...child, parent: null, constraint: 'none' }])).updated },
})
