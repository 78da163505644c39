#!/usr/bin/env node
// npm run pack: an unpacked build from the Electron at hand, for this machine. npm run dist: the installers, which need the network.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildIfStale } from './build.mjs'
import { electronBinary } from './electron.mjs'
import { onPinnedNode, pinnedNode, root } from './places.mjs'
import { prepare } from './prepare.mjs'
import { weightsFolder } from './weights.mjs'
import { conversions } from './weights/sources.mjs'

const run = (args) => {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', 'electron-builder', 'cli.js'), ...args], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** The pinned Node goes along as a plain file: its package keeps it behind links. */
function copyNode() {
  const folder = join(root, 'release', '.node')
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  copyFileSync(pinnedNode(), join(folder, name))
  chmodSync(join(folder, name), 0o755)
}

/** The converted weights go along where they were made; without them the application says so and everything else works. */
function copyWeights() {
  const folder = join(root, 'release', '.weights')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { to } of conversions) if (existsSync(join(weightsFolder(), to))) copyFileSync(join(weightsFolder(), to), join(folder, to))
}

/** The Electron for tests starts any app by a folder of its own, which a packaged app must not have. */
function withoutDefaultApp(folder) {
  const copy = join(root, 'release', '.electron')
  rmSync(copy, { recursive: true, force: true })
  cpSync(folder, copy, { recursive: true })
  rmSync(join(copy, 'resources', 'default_app.asar'), { recursive: true, force: true })
  return copy
}

/** The Electron to pack: the installed one, else that of the tests (to try the packing, not to give away). */
async function electronFolder() {
  const installed = electronBinary()
  if (installed) return dirname(installed)
  const { provisionedElectron } = await import('../e2e/electron/provision.mjs')
  return withoutDefaultApp(await provisionedElectron())
}

/** What `npm run pack` makes. */
export const packedBinary = () => join(root, 'release', {
  darwin: `mac${process.arch === 'arm64' ? '-arm64' : ''}/Quorum.app/Contents/MacOS/Quorum`,
  win32: `win${process.arch === 'arm64' ? '-arm64' : ''}-unpacked/Quorum.exe`,
}[process.platform] ?? `linux${process.arch === 'arm64' ? '-arm64' : ''}-unpacked/quorum`)

async function main() {
  onPinnedNode()
  await prepare()
  await buildIfStale()
  copyNode()
  copyWeights()
  if (process.argv.includes('--installers')) return run([])
  run(['--dir', `-c.electronDist=${await electronFolder()}`])
  rmSync(join(root, 'release', '.electron'), { recursive: true, force: true })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
