import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { ImageFacts, Noticed } from '#electron/media/image.ts'
import { HammingIndex } from './hammingIndex.ts'
import type { ImportSink } from './sink.ts'

/** Pictures whose hashes differ in at most so many of 64 bits are told as near-duplicates. */
export const nearBits = 6

/** Compares each picture with the project's and with those before it in this import. */
export class NearDuplicates {
  readonly #sink: ImportSink
  readonly #index = new HammingIndex<string>()

  constructor(sink: ImportSink) {
    this.#sink = sink
  }

  /** What is to be said of the picture, which is then among those that later ones are compared with. */
  find({ perceptualHash }: ImageFacts, id: AssetId, name: string): Noticed | null {
    if (perceptualHash === null) return null
    const here = this.#index.nearest(perceptualHash, nearBits)
    this.#index.add(perceptualHash, name)
    const other = here ? here.value : this.#inProject(perceptualHash, id)
    if (other === null) return null
    return { code: 'near-duplicate', message: `Looks almost like ${other}. Both are imported; leave one out if they show the same, so that it does not stand in training and test alike.` }
  }

  #inProject(perceptualHash: string, id: AssetId): string | null {
    const found = this.#sink.nearest(perceptualHash, nearBits)
    return found && found.id !== id ? found.name : null
  }
}

/** A sink's `nearest` over the pictures that a project holds when the import begins; those that it brings are compared by the import itself. */
export function nearestAmong(assets: Iterable<Asset>): ImportSink['nearest'] {
  const index = new HammingIndex<{ id: AssetId; name: string }>()
  for (const asset of assets) if (asset.kind === 'image' && asset.perceptualHash !== null) index.add(asset.perceptualHash, { id: asset.id, name: asset.name })
  return (hash, maxBits) => index.nearest(hash, maxBits)?.value ?? null
}
