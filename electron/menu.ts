import { Menu, type MenuItemConstructorOptions } from 'electron'

/** The system's own items by role: editing text, size of the window's words, full screen. Undo of gestures belongs to the page. */
const template = (): MenuItemConstructorOptions[] => [
  ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
  { label: 'File', submenu: [process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' }] },
  { label: 'Edit', submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }] },
  {
    label: 'View',
    submenu: [{ role: 'resetZoom', accelerator: '' }, { role: 'zoomIn', accelerator: '' }, { role: 'zoomOut', accelerator: '' }, { type: 'separator' }, { role: 'togglefullscreen' }, { role: 'toggleDevTools' }],
  },
  { role: 'windowMenu' },
]

export function setMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template()))
}
