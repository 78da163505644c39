// A Chromium for the end-to-end tests: an installed one, else Playwright's own, else the system's package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { isRoot, root } from './places.mjs'

const onPath = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const wellKnown = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'],
}[process.platform] ?? []

const installed = () => {
  if (process.env.QUORUM_CHROMIUM) return process.env.QUORUM_CHROMIUM
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')
  const candidates = [...onPath.flatMap((name) => folders.map((folder) => join(folder, name))), ...wellKnown]
  return candidates.find((path) => existsSync(path)) ?? null
}

const downloaded = () => {
  const { chromium } = createRequire(import.meta.url)('playwright')
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : null
}

const run = (command, args, timeout) => spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], timeout }).status === 0

const installPackage = () => process.platform === 'linux' && isRoot() && existsSync('/usr/bin/apt-get')
  && run('apt-get', ['update', '-qq'], 300_000)
  && run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], 900_000)

/** The executable; gets one where there is none. Throws with a sentence when it can't. */
export function chromiumBinary() {
  const here = installed() ?? downloaded()
  if (here) return here
  process.stderr.write('No Chromium or Chrome found: fetching one for the end-to-end tests …\n')
  const cli = join(root, 'node_modules', 'playwright', 'cli.js')
  run(process.execPath, [cli, 'install', 'chromium'], 300_000)
  const fetched = downloaded() ?? (installPackage() ? installed() : null)
  if (!fetched) throw new Error('The end-to-end tests need Chromium or Chrome: none is installed, and neither Playwright\'s download nor the system\'s package could be had. Install one, or name it in QUORUM_CHROMIUM.')
  return fetched
}
