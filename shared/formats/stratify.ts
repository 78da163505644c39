import type { AssetId } from '#shared/model/id.ts'

/** Items that stay together. `place` in [0, 1) is fixed by seed and key, whatever else there is. */
export interface SplitGroup {
  key: string
  place: number
  members: AssetId[]
  labels: Map<string, number>
}

type Shares = readonly [name: string, share: number][]

/**
 * Iterative stratification (Sechidis, Tsoumakas and Vlahavas 2011, Algorithm 1), with groups instead of single
 * examples and counts instead of presence: the rarest label left is dealt out first, each group to the subset that
 * lacks most of it; ties go to the subset that lacks most items, then to the place that the group's hash names.
 * Groups with the most of the label come first, because late on nothing is left to make up for them.
 */
export function stratified(groups: readonly SplitGroup[], shares: Shares): Map<SplitGroup, string> {
  const lacking = new Lacking(groups, shares)
  const assigned = new Map<SplitGroup, string>()
  const left = new Set(groups)
  const assign = (group: SplitGroup, label: string | null) => {
    assigned.set(group, lacking.take(group, label))
    left.delete(group)
  }
  for (let label = rarest(left); label !== null; label = rarest(left)) {
    const key = label
    const having = [...left].filter((group) => group.labels.has(key)).sort((a, b) => b.labels.get(key)! - a.labels.get(key)! || byPlace(a, b))
    for (const group of having) assign(group, label)
  }
  for (const group of [...left].sort((a, b) => b.members.length - a.members.length || byPlace(a, b))) assign(group, null)
  return assigned
}

const byPlace = (a: SplitGroup, b: SplitGroup) => a.place - b.place || (a.key < b.key ? -1 : 1)

function rarest(groups: ReadonlySet<SplitGroup>): string | null {
  const counts = new Map<string, number>()
  for (const group of groups) for (const [label, count] of group.labels) counts.set(label, (counts.get(label) ?? 0) + count)
  let least: string | null = null
  for (const label of [...counts.keys()].sort()) if (least === null || counts.get(label)! < counts.get(least)!) least = label
  return least
}

/** How many items and annotations of each label every subset still lacks. */
class Lacking {
  readonly #subsets: { name: string; items: number; labels: Map<string, number> }[]

  constructor(groups: readonly SplitGroup[], shares: Shares) {
    this.#subsets = shares.map(([name, share]) => {
      const labels = new Map<string, number>()
      let items = 0
      for (const group of groups) {
        items += group.members.length * share
        for (const [label, count] of group.labels) labels.set(label, (labels.get(label) ?? 0) + count * share)
      }
      return { name, items, labels }
    })
  }

  take(group: SplitGroup, label: string | null): string {
    const lack = (subset: { labels: Map<string, number> }) => (label === null ? 0 : subset.labels.get(label)!)
    const most = Math.max(...this.#subsets.map(lack))
    const tied = this.#subsets.filter((subset) => lack(subset) > most - 1e-9)
    const mostItems = Math.max(...tied.map((subset) => subset.items))
    const best = tied.filter((subset) => subset.items > mostItems - 1e-9)
    const chosen = best[Math.floor(group.place * best.length)]!
    chosen.items -= group.members.length
    for (const [each, count] of group.labels) chosen.labels.set(each, chosen.labels.get(each)! - count)
    return chosen.name
  }
}
