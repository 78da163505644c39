import type { Client } from './client.ts'
import { httpClient } from './http.ts'
import { ipcClient, type Bridge } from './ipc.ts'

declare global {
  interface Window {
    /** Set by the preload script where the page runs in Electron. */
    readonly quorum?: Bridge
  }
}

export const connect = (): Client => (window.quorum ? ipcClient(window.quorum) : httpClient(window.location))
