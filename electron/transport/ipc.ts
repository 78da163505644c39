import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import type { HostEvent } from '#shared/contract/events.ts'
import { errorReply, type Reply } from './dispatch.ts'

/** Page ↔ main. The preload script names the same two channels. */
const callChannel = 'quorum:call'
const eventChannel = 'quorum:event'

type Call = (method: string, input: unknown, sender: WebContents) => Promise<Reply>

/** Only the top frame of our own page may call. */
const isOurs = (event: IpcMainInvokeEvent, origin: string): boolean => {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && frame.url.startsWith(`${origin}/`)
}

/** Answers the page's calls; `origin` is that of our page, everyone else is refused. */
export function serveWindow(origin: string, call: Call): void {
  ipcMain.handle(callChannel, (event, method: unknown, input: unknown): Promise<Reply> => {
    if (!isOurs(event, origin) || typeof method !== 'string') throw new Error('refused')
    return call(method, input, event.sender).catch((error: unknown) => ({ ok: false, error: errorReply(error) }))
  })
}

export function tellWindow(page: WebContents, event: HostEvent): void {
  if (!page.isDestroyed()) page.send(eventChannel, event)
}
