#!/usr/bin/env node
// Makes a fresh clone ready: packages, then Electron where it can be had. Runs on whatever Node the system has, before anything is
// installed, so: plain Node 18 syntax, no dependencies, and nothing here may load the database (its driver crashes on an old Node).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fetchElectron } from './electron.mjs'
import { pinnedNode, root } from './places.mjs'
import { fetchWeights } from './weights.mjs'

const oldestNode = 18
const modules = join(root, 'node_modules')
const stampPath = join(modules, '.quorum-stamp')

const fail = (line) => {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

/** What the installed packages depend on: the lockfile and the machine they were installed for. */
const wantedStamp = () => createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex')

const installedStamp = () => (existsSync(stampPath) ? readFileSync(stampPath, 'utf8').trim() : '')

/** Whether npm itself put there what the lockfile asks for (its own record says what lies in node_modules): then nothing is to do. */
const installedByHand = () => {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const there = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, optional, devOptional, link }]) => path === '' || optional || devOptional || link || there[path]?.version === version)
}

const npm = (args) => {
  // npm tells its scripts where it lives; by hand, it is on the PATH.
  const cli = process.env.npm_execpath
  const env = { ...process.env, npm_config_audit: 'false', npm_config_fund: 'false' }
  // Production-only installs would lack the tools that build the workbench.
  delete env.NODE_ENV
  const options = { cwd: root, env, stdio: ['ignore', 2, 2] }
  return cli && cli.endsWith('.js') ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

const install = () => {
  process.stderr.write('Installing packages (once, about a minute) …\n')
  return npm(['ci', '--loglevel=error'])
}

/** Installs packages if they are missing or not those of the lockfile, and fetches Electron and the weights of models once. */
export async function prepare({ electron = true, weights = electron } = {}) {
  const major = Number(process.versions.node.split('.')[0])
  if (major < oldestNode) {
    fail(`Quorum needs Node ${oldestNode} or newer to set itself up; this is Node ${process.versions.node}. Install a newer one from nodejs.org and run the command again.`)
  }
  const stamp = wantedStamp()
  // A linked folder belongs to another checkout, which looks after it.
  const linked = lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
  if (!linked && installedStamp() !== stamp) {
    const result = installedStamp() === '' && installedByHand() ? { status: 0 } : install()
    if (result.status !== 0) fail('The packages could not be installed: npm ci failed, its own words are above. Check the network or the npm registry and run the command again.')
    writeFileSync(stampPath, `${stamp}\n`)
  }
  if (!pinnedNode()) fail('The pinned Node is missing from node_modules/node. Delete node_modules and run the command again.')
  if (electron) await fetchElectron()
  if (weights) await fetchWeights()
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await prepare()
