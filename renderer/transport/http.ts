import { QuorumError } from '#shared/contract/errors.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { Client } from './client.ts'
import { valueOf, type Reply } from './reply.ts'

const retryMs = 1000

/** Talks to the loopback server; the token travels in a cookie that the first page set. */
export function httpClient(location: Location): Client {
  const listeners = new Set<(event: HostEvent) => void>()
  listen(location, (event) => listeners.forEach((listener) => listener(event)))
  return {
    call: async (method, input) => valueOf(await post(`/api/${method}`, JSON.stringify(input))),
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    mediaUrl: (asset) => `/media/${encodeURIComponent(asset)}`,
    thumbnailUrl: (asset) => `/thumbnail/${encodeURIComponent(asset)}`,
    soundUrl: (asset) => `/sound/${encodeURIComponent(asset)}`,
    tileUrl: (what, asset, variant, tile) => `/${what}/${encodeURIComponent(asset)}/${variant}/${tile}`,
    pathOf: () => null,
    async upload(files) {
      const paths: string[] = []
      for (const file of files) paths.push(valueOf(await post(`/upload/${encodeURIComponent(file.name)}`, file)))
      return paths
    },
  }
}

async function post(path: string, body: string | Blob): Promise<Reply> {
  try {
    const response = await fetch(path, { method: 'POST', body })
    return await response.json()
  } catch (error) {
    throw new QuorumError('host-gone', 'Quorum’s host does not answer. Your work is kept here and saved when it is back.', String(error))
  }
}

/** Events over a WebSocket that comes back by itself; after a gap everything shown is read anew. */
function listen(location: Location, tell: (event: HostEvent) => void): void {
  let gap = false
  const open = () => {
    const socket = new WebSocket(`ws://${location.host}/events`)
    socket.addEventListener('open', () => {
      if (gap) tell({ kind: 'reload' })
      gap = false
    })
    socket.addEventListener('message', ({ data }) => {
      const event: HostEvent | { kind: 'hello' } = JSON.parse(String(data))
      if (event.kind !== 'hello') tell(event)
    })
    socket.addEventListener('close', () => {
      gap = true
      setTimeout(open, retryMs)
    })
  }
  open()
}
