import type { Host } from '#electron/host/host.ts'
import type { MediaFile } from '#electron/host/mediaFile.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { MediaKind, SoundTileKind } from './mediaAddress.ts'
import type { Reply } from './dispatch.ts'

/** What the window's main process sends to the host's process. */
export type ToHost =
  | { readonly kind: 'call'; readonly id: number; readonly method: unknown; readonly input: unknown }
  | { readonly kind: 'file'; readonly id: number; readonly what: MediaKind; readonly asset: string }
  | { readonly kind: 'tile'; readonly id: number; readonly what: SoundTileKind; readonly asset: string; readonly variant: string; readonly tile: number }
  | { readonly kind: 'model'; readonly id: number; readonly model: string; readonly file: string; readonly hash: string | null }
  | { readonly kind: 'close' }

/** What comes back. `ready` is the first message. */
export type FromHost =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  | { readonly kind: 'file'; readonly id: number; readonly file: MediaFile | null }
  | { readonly kind: 'tile'; readonly id: number; readonly bytes: Uint8Array | null }
  | { readonly kind: 'event'; readonly event: HostEvent }

/** Serves one host over the IPC channel of a child process. When the parent goes away, the project is closed and so is this process. */
export function serveChild(host: Host): void {
  const send = (message: FromHost) => void (process.connected && process.send?.(message))
  const end = () => void host.close().finally(() => process.exit(0))
  host.on((event) => send({ kind: 'event', event }))
  process.on('message', (message: ToHost) => {
    if (message.kind === 'call') void host.call(message.method, message.input).then((reply) => send({ kind: 'reply', id: message.id, reply }))
    else if (message.kind === 'file') void host.file(message.what, message.asset).catch(() => null).then((file) => send({ kind: 'file', id: message.id, file }))
    else if (message.kind === 'model') void host.modelFile(message.model, message.file, message.hash).catch(() => null).then((file) => send({ kind: 'file', id: message.id, file }))
    else if (message.kind === 'tile') void host.tile(message.what, message.asset, message.variant, message.tile).catch(() => null).then((bytes) => send({ kind: 'tile', id: message.id, bytes }))
    else end()
  })
  process.on('disconnect', end)
  send({ kind: 'ready' })
}
