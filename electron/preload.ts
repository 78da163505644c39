import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { HostEvent } from '#shared/contract/events.ts'

/** The page's side of it: renderer/transport/ipc.ts. */
const bridge = {
  call: (method: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('quorum:call', method, input),
  on(listener: (event: HostEvent) => void): () => void {
    const forward = (_: unknown, event: HostEvent): void => listener(event)
    ipcRenderer.on('quorum:event', forward)
    return () => {
      ipcRenderer.off('quorum:event', forward)
    }
  },
  pathOf: (file: Parameters<typeof webUtils.getPathForFile>[0]): string => webUtils.getPathForFile(file),
}

contextBridge.exposeInMainWorld('quorum', bridge)
