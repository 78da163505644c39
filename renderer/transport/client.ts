import type { Input, Method, Output } from '#shared/contract/api.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { AssetId } from '#shared/model/id.ts'

/** The host, as the page sees it; which of the two transports carries it cannot be told. */
export interface Client {
  /** Rejects with a QuorumError. */
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>
  on(listener: (event: HostEvent) => void): () => void
  mediaUrl(asset: AssetId): string
  thumbnailUrl(asset: AssetId): string
  /** The samples of a sound as WAV, where the host had to write them (see `audio.peaks`). */
  soundUrl(asset: AssetId): string
  /** A stretch of a sound: peaks of a level, samples, or spectra of a variant. */
  tileUrl(what: 'peaks' | 'samples' | 'spectrogram', asset: AssetId, variant: string, tile: number): string
  /** The path of a dropped file on this machine; null where the page may not know it. */
  pathOf(file: File): string | null
  /** Sends the bytes of files whose paths the page may not know; answers their paths on the host. */
  upload(files: readonly File[]): Promise<string[]>
}
