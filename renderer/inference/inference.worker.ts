import type { Adapter } from './backend.ts'
import { createEmbeddingStore, noStore, type EmbeddingStore } from './embeddingStore.ts'
import { ortRuntime } from './ort.ts'
import { pictureAt } from './pictureAt.ts'
import { privateFolder } from './privateFolder.ts'
import { serve } from './serve.ts'
import { createService } from './service.ts'

/** Embeddings on disk: about 250 pictures. */
const mostOnDisk = 1 << 30

/** What the browser says of the graphics processor; null where there is none for us. */
async function adapter(): Promise<Adapter | null> {
  // Not every TypeScript library knows WebGPU yet.
  const { gpu } = navigator as unknown as { readonly gpu?: { requestAdapter(): Promise<{ readonly info: Partial<Adapter> & { readonly isFallbackAdapter?: boolean }; readonly isFallbackAdapter?: boolean } | null> } }
  const found = await gpu?.requestAdapter().catch(() => null)
  if (!found) return null
  const { vendor = '', architecture = '', device = '', description = '', isFallbackAdapter } = found.info
  return { vendor, architecture, device, description, fallback: isFallbackAdapter ?? found.isFallbackAdapter ?? false }
}

// Asked for once; messages that come meanwhile are not lost, as they might be while a module waits at its top.
const onDisk = privateFolder('embeddings').then((folder) => createEmbeddingStore(folder, mostOnDisk), () => noStore)
const store: EmbeddingStore = {
  get: async (key) => (await onDisk).get(key), put: async (key, embedding) => (await onDisk).put(key, embedding),
  size: async () => (await onDisk).size(), clear: async () => (await onDisk).clear(),
}
// Files of models lie on this machine already: a second copy in the browser's cache would only take room.
const handlers = createService({ runtime: ortRuntime, adapter, fetch: (url) => fetch(url, { cache: 'no-store' }), picture: pictureAt, now: () => performance.now(), store })
const answer = serve(handlers, (message, transfer) => postMessage(message, { transfer }))
addEventListener('message', ({ data }: MessageEvent<unknown>) => void answer(data))
