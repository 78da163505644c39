import type { ImageAsset } from '#shared/model/asset.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { byOrder } from '#shared/model/annotation.ts'
import type { Label } from '#shared/model/label.ts'
import type { Snapshot, SnapshotItem, WrittenMedia } from './format.ts'
import type { LossLog } from './lossLog.ts'
import { exportNames } from './naming.ts'

/** A picture that leaves, its annotations in order. */
export interface Picture {
  asset: ImageAsset
  item: SnapshotItem
  annotations: Annotation[]
  split: string | null
  /** Safe and distinct; where it stands below its split's folder. */
  name: string
}

/** The snapshot's pictures, sorted by split and name; recordings, and relations that the format does not hold, are named as lost. */
export function pictures(snapshot: Snapshot, losses: LossLog, byStem: boolean, holdsRelation: (name: string) => boolean = () => false): Picture[] {
  const names = exportNames(snapshot.items.map((item) => item.asset), byStem)
  const result: Picture[] = []
  for (const item of snapshot.items) {
    const { asset } = item
    if (asset.kind !== 'image') {
      losses.add('media-not-held', asset.kind, asset.name)
      continue
    }
    const name = names.get(asset.id)!
    if (name !== asset.name) losses.add('name-changed', 'image', `${JSON.stringify(asset.name)} → ${name}`)
    if (asset.orientation !== 1) losses.add('orientation-baked', 'image', asset.name)
    for (const relation of item.relations) if (!holdsRelation(relation.name)) losses.add('relation-lost', 'relation', `${asset.name} · ${relation.name} · ${relation.id}`)
    result.push({ asset, item, name, split: item.split, annotations: [...item.annotations].sort(byOrder) })
  }
  const key = (picture: Picture) => `${picture.split ?? ''}\n${picture.name}`
  return result.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

export const mediaOf = (picture: Picture, path: string): WrittenMedia => ({ asset: picture.asset.id, path, bakeOrientation: picture.asset.orientation !== 1 })

/** The labels in the order of the schema. */
export const inOrder = (labels: readonly Label[]): Label[] => [...labels].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
