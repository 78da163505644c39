import { app, session, type WebContents } from 'electron'
import { pageOrigin } from './protocol.ts'

const isOurs = (url: string): boolean => url.startsWith(`${pageOrigin}/`)

function confine(page: WebContents): void {
  page.setWindowOpenHandler(() => ({ action: 'deny' }))
  page.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  page.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  page.on('will-redirect', (event) => event.preventDefault())
  page.on('will-attach-webview', (event) => event.preventDefault())
}

/** Denies every page what ours does not need: other places, other windows, devices, permissions, the network. */
export function secure(): void {
  app.on('web-contents-created', (_, page) => confine(page))
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_page, _permission, answer) => answer(false))
  defaultSession.setPermissionCheckHandler(() => false)
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.webRequest.onBeforeRequest({ urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] }, (_, answer) => answer({ cancel: true }))
  defaultSession.setSpellCheckerEnabled(false)
  defaultSession.on('will-download', (event) => event.preventDefault())
}
