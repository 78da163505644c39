import type { Asset } from '#shared/model/asset.ts'
import type { Fingerprint } from '#electron/media/fingerprint.ts'
import { mediaFormats } from '#electron/media/formats.ts'
import type { Taken } from '#electron/media/take.ts'
import { assetIdOf } from './readFiles.ts'
import type { WalkedFile } from './walk.ts'

/** The record of a file that was taken in. One whose asset had lost its file keeps that asset's name and metadata. */
export function assetOf(file: WalkedFile, print: Fingerprint, { facts, copy }: Taken, lost: Asset | null): Asset {
  const source: Asset['source'] = copy === null ? { mode: 'referenced', path: file.path } : { mode: 'copied', path: `media/${copy}` }
  const common = {
    type: 'asset' as const, id: assetIdOf(print.hash), hash: print.hash, name: lost?.name ?? file.name, mime: mediaFormats[print.format].mime, bytes: print.bytes,
    source, metadata: lost?.metadata ?? {}, findings: [...new Set(facts.noticed.map(({ code }) => code))],
  }
  if (facts.kind === 'audio') {
    const { duration, sampleRate, channels } = facts
    return { ...common, kind: 'audio', duration, sampleRate, channels }
  }
  const { width, height, orientation, perceptualHash } = facts
  return { ...common, kind: 'image', width, height, orientation, perceptualHash }
}
