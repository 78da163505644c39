import { QuorumError } from '#shared/contract/errors.ts'
import { assetFile } from '#electron/media/serve.ts'
import type { SoundTileKind } from '#electron/transport/mediaAddress.ts'
import { openProjectOf, workOf, type HostContext, type Noun } from './context.ts'
import { mediaRoots } from './projectSink.ts'

export function audioHandlers(context: HostContext): Noun<'audio'> & Noun<'tiers'> {
  return {
    'tiers.usage'({ tier }) {
      const { db } = openProjectOf(context).store
      return { total: db.prepare("SELECT count(*) FROM annotations WHERE kind = 'segment' AND json_extract(record, '$.geometry.tier') = ?").pluck().get(tier) as number }
    },
    async 'audio.peaks'({ asset: id }) {
      const project = openProjectOf(context)
      const asset = project.store.records.read(id)
      if (asset?.type !== 'asset' || asset.kind !== 'audio') throw new QuorumError('not-found', `${id} is not a sound of this project.`)
      return workOf(context).sounds.state(asset, await assetFile(asset, project.media, mediaRoots(project)))
    },
  }
}

/** Shorter sounds are drawn while a person looks. */
const preparedSeconds = 300

/** Makes the peaks of long sounds in the background, one after the other. What fails says so when the item is opened. */
export async function prepareSounds({ project, work }: HostContext, ids: Iterable<string>): Promise<void> {
  if (!project || !work) return
  for (const id of ids) {
    const asset = project.store.records.read(id)
    if (asset?.type !== 'asset' || asset.kind !== 'audio' || asset.duration < preparedSeconds) continue
    const file = await assetFile(asset, project.media, mediaRoots(project)).catch(() => null)
    if (file !== null) await work.sounds.prepare(asset, file)
  }
}

/** A stretch of a sound as bytes; null for anything that is not there. */
export async function soundTileOf({ project, work }: HostContext, what: SoundTileKind, id: string, variant: string, tile: number): Promise<Uint8Array | null> {
  const asset = project?.store.records.read(id)
  if (!work || asset?.type !== 'asset' || asset.kind !== 'audio') return null
  return work.sounds.tile(asset, what, variant, tile).catch(() => null)
}
