import { app, session, type WebContents } from 'electron'
import { pageOrigin } from './protocol.ts'

/** Makers of foot pedals that are no keyboards; the same list as the page's. */
const pedalMakers = [0x05f3, 0x0911, 0x07b4, 0x15d8]
const isPedal = (device: object): boolean => 'vendorId' in device && typeof device.vendorId === 'number' && pedalMakers.includes(device.vendorId)

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
  // Foot pedals, and of the devices nothing else: the page asks for known makers, the person has asked the page.
  defaultSession.setPermissionCheckHandler((_page, permission, origin) => permission === 'hid' && isOurs(`${origin.replace(/\/$/u, '')}/`))
  defaultSession.setDevicePermissionHandler(({ deviceType, origin, device }) => deviceType === 'hid' && isOurs(`${origin.replace(/\/$/u, '')}/`) && isPedal(device))
  defaultSession.on('select-hid-device', (event, { deviceList }, choose) => {
    event.preventDefault()
    choose(deviceList.find(isPedal)?.deviceId ?? null)
  })
  defaultSession.webRequest.onBeforeRequest({ urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] }, (_, answer) => answer({ cancel: true }))
  defaultSession.setSpellCheckerEnabled(false)
  defaultSession.on('will-download', (event) => event.preventDefault())
}
