// Where things are. Plain Node 18 syntax: prepare.mjs runs it before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const dist = join(root, 'dist')

/** The oldest Node that the database driver runs on: older ones crash on loading it. */
const oldestForHost = [22, 12]

const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > oldestForHost[0] || (major === oldestForHost[0] && minor >= oldestForHost[1])
}

/** The Node that runs host, command line and tests: the one from package.json, else this one where it is new enough, else null. */
export function pinnedNode() {
  const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(pinned)) return pinned
  return isNewEnough(process.versions.node) ? process.execPath : null
}

/** Runs this same script again on the pinned Node when the current one is too old; does not return then. */
export function onPinnedNode() {
  const node = pinnedNode()
  if (!node) {
    process.stderr.write(`Quorum's packages are not installed here, and Node ${process.versions.node} is too old to do without. Run: npm run setup\n`)
    process.exit(1)
  }
  if (isNewEnough(process.versions.node)) return
  const result = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(result.status ?? 1)
}

/** Downloads that are kept between clones. */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || (process.platform === 'win32' ? process.env.LOCALAPPDATA : undefined)
    || (process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache'))
  return join(base, 'quorum')
}

/** Whether windows can be shown: macOS and Windows always have a display, Linux says so in the environment. */
export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

export const isRoot = () => typeof process.getuid === 'function' && process.getuid() === 0
