import type { AssetId } from '#shared/model/id.ts'

/** What models are tried on where a project has nothing for it: a picture and a sound that come with Quorum, at the address of any item. */
export const ownSamples = {
  image: { kind: 'image', id: 'asset:sample-picture' as AssetId, name: 'coffee.jpg', width: 600, height: 400 },
  audio: { kind: 'audio', id: 'asset:sample-sound' as AssetId, name: 'voice-cold-hearted.wav', duration: 10 },
} as const
