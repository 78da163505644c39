// Finds Electron's executable without ever asking the electron package for it: that would start a download. Plain Node 18 syntax.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedNode, root } from './places.mjs'

const packageFolder = join(root, 'node_modules', 'electron')
const triedPath = join(root, 'node_modules', '.quorum-electron-tried')
const retryAfterMs = 24 * 3600_000
const probeMs = 4000
const downloadMs = 6 * 60_000

const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : null)

const usualName = () => ({ darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron')

/** The executable, or null when there is none on this machine. */
export function electronBinary() {
  const name = readIfThere(join(packageFolder, 'path.txt')) || usualName()
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH || join(packageFolder, 'dist'), name)
  return existsSync(binary) && statSync(binary).isFile() ? binary : null
}

const wantedVersion = () => JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version

/** Whether the place of the releases answers; a firewall shows here in seconds instead of minutes. */
async function canDownload() {
  if (process.env.ELECTRON_MIRROR || process.env.HTTPS_PROXY || process.env.https_proxy || process.env.npm_config_electron_mirror) return true
  try {
    const url = `https://github.com/electron/electron/releases/download/v${wantedVersion()}/SHASUMS256.txt`
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) })).ok
  } catch {
    return false
  }
}

/** Lets Electron's own installer fetch its binary: tried once a day where it fails, never where it is there already. */
export async function fetchElectron() {
  if (electronBinary() || process.env.ELECTRON_OVERRIDE_DIST_PATH || !existsSync(packageFolder)) return
  const tried = readIfThere(triedPath)
  if (tried === wantedVersion() && Date.now() - statSync(triedPath).mtimeMs < retryAfterMs) return
  if (await canDownload()) {
    process.stderr.write('Fetching Electron (once, about 120 MB) …\n')
    spawnSync(pinnedNode(), [join(packageFolder, 'install.js')], { stdio: ['ignore', 2, 'ignore'], timeout: downloadMs })
    if (electronBinary()) return
  }
  writeFileSync(triedPath, `${wantedVersion()}\n`)
  process.stderr.write('Electron could not be fetched from here; the workbench will open in the browser (npx install-electron tries again).\n')
}
