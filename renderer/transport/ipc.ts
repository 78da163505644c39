import type { HostEvent } from '#shared/contract/events.ts'
import type { Client } from './client.ts'
import { valueOf, type Reply } from './reply.ts'

/** What the preload script puts into the page: three functions and nothing else. */
export interface Bridge {
  call(method: string, input: unknown): Promise<Reply>
  on(listener: (event: HostEvent) => void): () => void
  pathOf(file: File): string
}

export const ipcClient = (bridge: Bridge): Client => ({
  call: async (method, input) => valueOf(await bridge.call(method, input)),
  on: (listener) => bridge.on(listener),
  mediaUrl: (asset) => `asset://project/media/${encodeURIComponent(asset)}`,
  thumbnailUrl: (asset) => `asset://project/thumbnail/${encodeURIComponent(asset)}`,
  soundUrl: (asset) => `asset://project/sound/${encodeURIComponent(asset)}`,
  tileUrl: (what, asset, variant, tile) => `asset://project/${what}/${encodeURIComponent(asset)}/${variant}/${tile}`,
  pathOf: (file) => bridge.pathOf(file) || null,
  upload: async (files) => files.map((file) => bridge.pathOf(file)),
})
