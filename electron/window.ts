import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { pageOrigin } from './protocol.ts'
import { fitted, readWindowState, writeWindowState, type WindowState } from './window-state.ts'

/** The page's own surface colours (renderer/ui tokens), shown until it has drawn. */
const surface = { light: '#ffffff', dark: '#1d1d21' }

const statePath = (): string => join(app.getPath('userData'), 'window.json')

const background = (): string => (nativeTheme.shouldUseDarkColors ? surface.dark : surface.light)

/** Follows the person's choice of theme: the frame, the dialogs, and the next window's first frame. */
export function setTheme(theme: WindowState['theme']): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme
}

function remember(window: BrowserWindow): void {
  const { x, y, width, height } = window.getNormalBounds()
  writeWindowState(statePath(), { x, y, width, height, maximized: window.isMaximized(), theme: nativeTheme.themeSource })
}

/** Opens the one window, where it was the last time. */
export function openWindow(preload: string): BrowserWindow {
  const state = fitted(readWindowState(statePath()), screen.getAllDisplays().map((display) => display.workArea))
  setTheme(state.theme)
  const { x, y, width, height } = state
  const window = new BrowserWindow({
    ...(x !== null && y !== null ? { x, y } : {}), width, height, minWidth: 960, minHeight: 600,
    show: false, title: 'Quorum', backgroundColor: background(), autoHideMenuBar: true,
    webPreferences: {
      preload, contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webSecurity: true, webviewTag: false, spellcheck: false, navigateOnDragDrop: false, safeDialogs: true,
    },
  })
  if (state.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => remember(window))
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(background())
  })
  void window.loadURL(`${pageOrigin}/`)
  return window
}
