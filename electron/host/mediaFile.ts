import { join } from 'node:path'
import { ownSamples } from '#shared/contract/samples.ts'
import { assetFile } from '#electron/media/serve.ts'
import type { MediaKind } from '#electron/transport/mediaAddress.ts'
import type { HostContext } from './context.ts'
import { practiceMedia } from './practice.ts'
import { mediaRoots } from './projectSink.ts'

export interface MediaFile {
  readonly path: string
  readonly mime: string
}

/** The file that a page may have for an item's address; null for anything that is not there or may not be shown. */
export async function mediaFile({ project, work }: HostContext, what: MediaKind, id: string): Promise<MediaFile | null> {
  if (what === 'media' && id === ownSamples.image.id) return { path: join(practiceMedia, ownSamples.image.name), mime: 'image/jpeg' }
  const asset = project?.store.records.read(id)
  if (!project || !work || asset?.type !== 'asset') return null
  try {
    const file = await assetFile(asset, project.media, mediaRoots(project))
    if (what === 'media') return await work.displays.get(asset, file)
    if (what === 'sound') {
      const path = asset.kind === 'audio' ? await work.sounds.seekable(asset) : null
      return path === null ? null : { path, mime: 'audio/wav' }
    }
    return asset.kind === 'image' ? { path: await work.thumbnails.get(asset, file), mime: 'image/webp' } : null
  } catch {
    return null
  }
}
