import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'

/** What an import needs of the open project. */
export interface ImportSink {
  /** PROJECT/media, for mode `copied`. */
  readonly mediaFolder: string
  /** PROJECT/cache: what is in it can be lost. */
  readonly cacheFolder: string
  /** The asset, where it is in the project already. */
  known(asset: AssetId): Asset | undefined
  /** The nearest picture by perceptual hash (16 hex digits) that differs in at most `maxBits` of its 64 bits. */
  nearest(perceptualHash: string, maxBits: number): { id: AssetId; name: string } | null
  /** One durable change; called per batch of about 200 records. A record that exists is replaced. */
  commit(name: string, records: AnyRecord[]): void
  /** Remembers a folder (or a single file) that the person picked: referenced media may be served from it. */
  allowRoot(path: string): void
}
