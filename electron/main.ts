import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, type WebContents } from 'electron'
import { pickFiles } from './dialogs.ts'
import { HostProcess } from './host-process.ts'
import { setMenu } from './menu.ts'
import { registerScheme, pageOrigin, serveScheme } from './protocol.ts'
import { secure } from './security.ts'
import type { Reply } from './transport/dispatch.ts'
import { serveWindow, tellWindow } from './transport/ipc.ts'
import { openWindow, setTheme } from './window.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** The host is plain Node, which cannot look into the archive: what it runs lies unpacked beside it. */
const outside = here.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked')
const nodeName = process.platform === 'win32' ? 'node.exe' : 'node'

const pinnedNode = (): string => {
  const packaged = join(process.resourcesPath, 'node', nodeName)
  return existsSync(packaged) ? packaged : join(here, '..', '..', 'node_modules', 'node', 'bin', nodeName)
}

const host = new HostProcess({ node: pinnedNode(), entry: join(outside, 'host', 'main.js'), env: process.env })

/** Where the answer tells the person's theme, the window's frame follows it. */
const followTheme = (output: unknown): void => {
  const { settings } = output as { settings: { theme: Parameters<typeof setTheme>[0] } }
  setTheme(settings.theme)
}

async function call(method: string, input: unknown, sender: WebContents): Promise<Reply> {
  if (method === 'files.pick') return { ok: true, value: await pickFiles(input, sender) }
  const reply = await host.call(method, input)
  if (reply.ok && (method === 'app.state' || method === 'app.setSettings')) followTheme(reply.value)
  return reply
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (!window) {
    openWindow(join(here, 'preload.cjs'))
    return
  }
  if (window.isMinimized()) window.restore()
  window.focus()
}

async function start(): Promise<void> {
  await app.whenReady()
  secure()
  setMenu()
  serveScheme(join(here, '..', 'renderer'), host)
  serveWindow(pageOrigin, call)
  host.on((event) => {
    for (const window of BrowserWindow.getAllWindows()) tellWindow(window.webContents, event)
  })
  showWindow()
}

function quitWithHost(): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void host.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}

registerScheme()
if (app.requestSingleInstanceLock()) {
  host.start()
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  app.on('window-all-closed', () => app.quit())
  quitWithHost()
  void start()
} else app.quit()
