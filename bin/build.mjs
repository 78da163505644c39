#!/usr/bin/env node
// Builds dist/ where it is older than the sources; costs a few milliseconds where it is not.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { dist, onPinnedNode, root } from './places.mjs'

const stampPath = join(dist, '.stamp')
const lockPath = join(dist, '.building')
const lockPatienceMs = 120_000

/** What each part of dist is made of. */
const sources = {
  electron: ['electron', 'shared', 'bin/bundles.mjs', 'package-lock.json'],
  renderer: ['renderer', 'shared', 'bin/bundles.mjs', 'package-lock.json'],
}
const outputs = { electron: ['electron', 'shared'], renderer: ['renderer'] }

const isSource = (name) => !/\.test\.tsx?$/.test(name) && !name.startsWith('.') && name !== 'fixtures'

function* filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFile()) yield [path, stat]
  if (!stat?.isDirectory()) return
  for (const name of readdirSync(path).sort()) if (isSource(name)) yield* filesUnder(join(path, name))
}

const fingerprint = (paths) => {
  const hash = createHash('sha256').update(process.version)
  for (const path of paths) for (const [file, stat] of filesUnder(join(root, path))) hash.update(`${file}\0${stat.size}\0${stat.mtimeMs}\n`)
  return hash.digest('hex')
}

const readStamp = () => {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8'))
  } catch {
    return {}
  }
}

const staleParts = () => {
  const stamp = readStamp()
  return Object.keys(sources).filter((part) => stamp[part] !== fingerprint(sources[part]) || outputs[part].some((folder) => !existsSync(join(dist, folder))))
}

const holderIsAlive = () => {
  try {
    process.kill(Number(readFileSync(lockPath, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}

/** Two commands at once must not build over each other: the second waits, and then finds everything fresh. */
async function withLock(work) {
  mkdirSync(dist, { recursive: true })
  const until = Date.now() + lockPatienceMs
  for (;;) {
    try {
      writeFileSync(lockPath, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (!holderIsAlive() || Date.now() > until) rmSync(lockPath, { force: true })
      else await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lockPath, { force: true })
  }
}

async function buildPart(part) {
  const { bundlesOf } = await import('./bundles.mjs')
  const { build } = await import('vite')
  const next = join(dist, `.next-${part}`)
  rmSync(next, { recursive: true, force: true })
  const stamp = fingerprint(sources[part])
  for (const bundle of bundlesOf(part, next)) await build(bundle)
  for (const folder of outputs[part]) {
    rmSync(join(dist, folder), { recursive: true, force: true })
    if (existsSync(join(next, folder))) renameSync(join(next, folder), join(dist, folder))
    else mkdirSync(join(dist, folder))
  }
  rmSync(next, { recursive: true, force: true })
  writeFileSync(stampPath, `${JSON.stringify({ ...readStamp(), [part]: stamp })}\n`)
}

/** Builds what is stale. Returns the parts it built. */
export async function buildIfStale(parts = Object.keys(sources)) {
  const wanted = () => staleParts().filter((part) => parts.includes(part))
  if (wanted().length === 0) return []
  return withLock(async () => {
    const stale = wanted()
    for (const part of stale) {
      const start = performance.now()
      process.stderr.write(`Building ${part} … `)
      await buildPart(part)
      process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`)
    }
    return stale
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  onPinnedNode()
  await buildIfStale()
}
