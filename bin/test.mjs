#!/usr/bin/env node
// npm test: everything, in the order in which failing is cheapest. The last line of the run is the sum over all stages.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { prepare } from './prepare.mjs'
import { onPinnedNode, root } from './places.mjs'

const results = join(root, 'test-results')
const tailLines = 120
const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)
const cli = (...path) => [process.execPath, join(root, ...path)]

/** Runs a command, keeps its words for the case that it fails. */
const run = ([command, ...args], env = {}) => new Promise((resolve) => {
  const words = []
  const path = `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd'), env: { ...process.env, PATH: path, ...env } })
  child.stdout.on('data', (data) => words.push(data))
  child.stderr.on('data', (data) => words.push(data))
  child.on('error', (error) => resolve({ code: 1, words: error.message }))
  child.on('close', (code) => resolve({ code: code ?? 1, words: Buffer.concat(words).toString() }))
})

const sum = (counts) => counts.reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }), { passed: 0, failed: 0, skipped: 0 })
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 })

/** A runner that died before it could count is one failure, whatever its report says. */
const counted = (report, code, read) => {
  let counts
  try {
    counts = read(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

const vitestCounts = (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests })
const playwrightCounts = ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped })

const checked = (commands) => async () => {
  const done = []
  for (const command of commands) done.push(await run(command))
  const bad = done.filter(({ code }) => code !== 0)
  return { counts: one(bad.length === 0), words: bad.map(({ words }) => words).join('\n') }
}

const unit = async () => {
  const report = join(results, 'unit.json')
  const { code, words } = await run([...cli('node_modules', 'vitest', 'vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  return { counts: counted(report, code, vitestCounts), words }
}

const endToEnd = (project, prepareStage, name = project) => async () => {
  let env
  try {
    env = await prepareStage()
  } catch (error) {
    return { counts: one(false), words: error.message }
  }
  const report = join(results, `${name}.json`)
  const command = [...cli('node_modules', 'playwright', 'cli.js'), 'test', '--config', 'e2e/playwright.config.ts', '--project', project, '--reporter=line,json']
  const { code, words } = await run(command, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, FORCE_COLOR: '0' })
  return { counts: counted(report, code, playwrightCounts), words }
}

/** The same window, as a person gets it: packed, its fuses set. */
const pack = async () => {
  const { electronForTests } = await import('../e2e/electron/provision.mjs')
  const { packedBinary } = await import('./pack.mjs')
  const { code, words } = await run(cli('bin', 'pack.mjs'))
  if (code !== 0) throw new Error(words)
  return { ...await electronForTests(), QUORUM_ELECTRON: packedBinary(), QUORUM_PACKED: '1' }
}

const tsc = (folder) => [bin('tsc'), '-p', folder]

const stages = {
  types: checked([tsc('shared'), tsc('electron'), tsc('renderer'), tsc('.')]),
  lint: checked([[bin('oxlint')]]),
  unit,
  build: async () => {
    const { code, words } = await run(cli('bin', 'build.mjs'))
    return { counts: one(code === 0), words }
  },
  browser: endToEnd('browser', async () => ({ QUORUM_CHROMIUM: (await import('./browser.mjs')).chromiumBinary() })),
  electron: endToEnd('electron', async () => (await import('../e2e/electron/provision.mjs')).electronForTests()),
  packed: endToEnd('electron', pack, 'packed'),
}

onPinnedNode()
await prepare()
const only = process.argv.slice(2)
const unknown = only.filter((name) => !(name in stages))
if (unknown.length > 0) {
  process.stderr.write(`There is no stage ${unknown.join(', ')}. Stages: ${Object.keys(stages).join(', ')}\n`)
  process.exit(2)
}
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const totals = []
for (const [name, stage] of Object.entries(stages)) {
  if (only.length > 0 && !only.includes(name)) continue
  const start = performance.now()
  const { counts, words } = await stage()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  if (counts.failed > 0) process.stdout.write(`${words.trimEnd().split('\n').slice(-tailLines).join('\n')}\n`)
  process.stdout.write(`${counts.failed > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(9)} ${seconds.padStart(6)} s   ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`)
  totals.push(counts)
}
const { passed, failed, skipped } = sum(totals)
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
process.exitCode = failed > 0 ? 1 : 0
