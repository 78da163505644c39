import type { SplitRequest } from '#shared/contract/exporting.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import { hashed } from './hash.ts'
import { stratified, type SplitGroup } from './stratify.ts'

export interface SplitInput {
  asset: Asset
  /** How many annotations of each label it has; for stratifying. */
  labels: ReadonlyMap<string, number>
}

/**
 * A split for every item, by seed and asset id and not by order. Groups are never cut: items with the same value of
 * `groupBy` stay together, and so do the items of each list in `together` (near-duplicates).
 *
 * Without stratifying the groups stand in the order of their hashes and the shares cut this line, a group going where
 * its middle falls: every share is right to within half of the group at each cut, and one more item moves only what
 * stands at a cut. With stratifying see `stratified`.
 */
export function splitItems(items: readonly SplitInput[], request: SplitRequest, together: readonly (readonly AssetId[])[]): Map<AssetId, string> {
  const shares = scaled(request.shares)
  const groups = groupsOf(items, request, together)
  const assigned = request.stratify ? stratified(groups, shares) : inLine(groups, shares)
  const result = new Map<AssetId, string>()
  for (const group of groups) for (const member of group.members) result.set(member, assigned.get(group)!)
  return result
}

function scaled(shares: Readonly<Record<string, number>>): [name: string, share: number][] {
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0)
  return Object.entries(shares).map(([name, share]) => [name, share / total])
}

function inLine(groups: readonly SplitGroup[], shares: readonly [string, number][]): Map<SplitGroup, string> {
  const total = groups.reduce((sum, group) => sum + group.members.length, 0)
  const assigned = new Map<SplitGroup, string>()
  let before = 0
  for (const group of [...groups].sort((a, b) => a.place - b.place || (a.key < b.key ? -1 : 1))) {
    assigned.set(group, nameAt((before + group.members.length / 2) / total, shares))
    before += group.members.length
  }
  return assigned
}

function nameAt(place: number, shares: readonly [string, number][]): string {
  let end = 0
  for (const [name, share] of shares) {
    end += share
    if (place < end) return name
  }
  return shares.at(-1)![0]
}

function groupsOf(items: readonly SplitInput[], request: SplitRequest, together: readonly (readonly AssetId[])[]): SplitGroup[] {
  const parents = new Map<string, string>()
  const root = (key: string): string => {
    let at = key
    for (let up = parents.get(at); up !== undefined && up !== at; up = parents.get(at)) at = up
    parents.set(key, at)
    return at
  }
  // The lesser key becomes the root, so that the group's place does not depend on the order of joining.
  const join = (a: string, b: string) => {
    const [least, other] = [root(a), root(b)].sort() as [string, string]
    parents.set(other, least)
  }
  for (const { asset } of items) {
    const value = groupValue(asset, request.groupBy)
    if (value !== null) join(asset.id, value)
  }
  for (const list of together) for (const id of list.slice(1)) join(list[0]!, id)
  const groups = new Map<string, SplitGroup>()
  for (const { asset, labels } of [...items].sort((a, b) => (a.asset.id < b.asset.id ? -1 : 1))) {
    const key = root(asset.id)
    const group = groups.get(key) ?? { key, place: hashed(`${request.seed}\n${key}`), members: [], labels: new Map<string, number>() }
    group.members.push(asset.id)
    for (const [label, count] of labels) group.labels.set(label, (group.labels.get(label) ?? 0) + count)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Begins with "=": less than every asset id, so that a named group keeps its place when items join it. */
function groupValue(asset: Asset, groupBy: string | null): string | null {
  if (groupBy === null) return null
  if (groupBy === 'folder') return `=${asset.name.includes('/') ? asset.name.slice(0, asset.name.lastIndexOf('/')) : ''}`
  const value = asset.metadata[groupBy]
  return value === undefined || value === null ? null : `=${JSON.stringify(value)}`
}
