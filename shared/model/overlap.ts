import type { Asset } from './asset.ts'
import { hash32 } from './hash.ts'
import type { AssetId } from './id.ts'
import { sharesOf } from './itemOrder.ts'
import type { Overlap, Project } from './project.ts'

/**
 * Where an item stands among all, 0 … 1 (1 not included): evenly spread, and always the same for the same item. So a greater share
 * takes in items without letting any go, whatever the order in which they came.
 */
export const placeOf = (asset: AssetId): number => hash32(asset) / 2 ** 32

/** How many people an item gets: the first slice that it is in says so, else the share; one where nothing is set. Work that is there already stays. */
export function peopleWanted(overlap: Overlap | undefined, { id, metadata }: Pick<Asset, 'id' | 'metadata'>): number {
  if (!overlap) return 1
  const slice = overlap.slices.find(({ key, value }) => Object.hasOwn(metadata, key) && String(metadata[key]) === value)
  return slice ? slice.people : placeOf(id) < overlap.share ? overlap.people : 1
}

/** Whether people go from item to item by the project's queue, not by the list: where items get several people, or have an order of their own. */
export const handsOut = ({ overlap, order }: Pick<Project, 'overlap' | 'order'>): boolean =>
  (overlap !== undefined && ((overlap.people > 1 && overlap.share > 0) || overlap.slices.some(({ people }) => people > 1))) || (order !== undefined && sharesOf(order.mix).length > 0)
