import type { Input, Method, Output } from '#shared/contract/api.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { AssetId } from '#shared/model/id.ts'

/** The only way of the renderer to the host; whether Electron or HTTP carries it, a view cannot tell. */
export interface Client {
  /** Rejects with a QuorumError. */
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>
  on(listener: (event: HostEvent) => void): () => void
  mediaUrl(asset: AssetId): string
  thumbnailUrl(asset: AssetId): string
  /** The path of a dropped file where the window knows it (Electron); null in a browser. */
  pathOf(file: File): string | null
  /** Sends the files' bytes to the host and gives their paths there (a browser's drop). */
  upload(files: File[]): Promise<string[]>
}
