import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import type { ModelRow } from '#shared/contract/prelabel.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import type { Host } from '#electron/host/host.ts'
import { root } from '#electron/version.ts'
import { done, UsageError, whole, type Command, type Invocation, type Outcome } from '../command.ts'
import { correctedManifest } from '../correctedManifest.ts'
import { withHost } from '../host.ts'

export const models: Command = {
  name: 'models',
  usage: 'quorum models [list|add FILE|remove ID|bench [ID …]|fetch] [--id ID] [--name NAME] [--classes FILE] [--threshold X] [--licence TEXT] [--source TEXT] [--manifest FILE] [--timeout SECONDS] [--dry-run]',
  summary: 'Lists what can pre-label and how long it takes here; adds a model of your own (an .onnx file, or a folder with a manifest.json).',
  example: 'quorum models add street-yolo.onnx --classes classes.txt   # --dry-run shows what would be added',
  options: { id: { type: 'string' }, name: { type: 'string' }, classes: { type: 'string' }, threshold: { type: 'string' }, licence: { type: 'string' }, source: { type: 'string' }, manifest: { type: 'string' }, timeout: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  words: [0, 1000],
  run(invocation) {
    const [what = 'list', ...rest] = invocation.words
    const action = actions[what]
    if (!action) throw new UsageError(`"quorum models ${what}" is not known.`)
    return withHost(invocation, (host) => action(host, invocation, rest))
  },
}

const actions: Readonly<Record<string, (host: Host, invocation: Invocation, rest: readonly string[]) => Promise<Outcome>>> = { list, add, remove, bench, fetch }

async function list(host: Host): Promise<Outcome> {
  const { models: rows } = await host.ask('models.list', {})
  return done(rows, linesOf(rows))
}

/** Runs the models a few times each; those that cannot run are told. */
async function bench(host: Host, invocation: Invocation, ids: readonly string[]): Promise<Outcome> {
  const { models: all } = await host.ask('models.list', {})
  const unknown = ids.find((id) => !all.some((row) => row.id === id))
  if (unknown !== undefined) throw new UsageError(`There is no model ${unknown}.`)
  const wanted = all.filter(({ id, problem }) => (ids.length > 0 ? ids.includes(id) : problem === null))
  const rows: ModelRow[] = []
  let failed = false
  for (const [index, row] of wanted.entries()) {
    invocation.progress(index, wanted.length, row.name)
    try {
      rows.push((await host.ask('models.measure', { model: row.id })).model)
    } catch (error) {
      failed = true
      rows.push({ ...row, problem: messageOf(error) })
    }
  }
  return done(rows, linesOf(rows), failed ? 3 : 0)
}

/** Guesses, tries on a sample, then adds; nothing is added that did not run. */
async function add(host: Host, invocation: Invocation, [file, ...more]: readonly string[]): Promise<Outcome> {
  if (file === undefined || more.length > 0) throw new UsageError('"quorum models add" takes one file or folder.')
  const path = resolve(file)
  const limit = secondsOf(invocation) * 1000
  const { manifest: guessed, notes } = await host.ask('models.inspect', { path, timeoutMs: limit })
  const manifest = await correctedManifest(guessed, notes, path, invocation)
  const { outcome, ms, backend } = await host.ask('models.try', { manifest, path, timeoutMs: limit })
  const tried = { predictions: outcome.predictions.length, ms, backend, notes: outcome.notes, outcome }
  const lines = [
    `${manifest.id}: ${manifest.task}, head ${manifest.head.kind}, ${inputLine(manifest)}, ${manifest.classes.length === 1 ? '1 class' : `${manifest.classes.length} classes`}, licence ${manifest.licence}.`, ...notes,
    `On the sample: ${tried.predictions === 1 ? '1 prediction' : `${tried.predictions} predictions`} in ${Math.round(ms)} ms${best(outcome.predictions)}.`, ...outcome.notes,
  ]
  if (invocation.flags['dry-run'] === true) return done({ ...rowAsIfAdded(manifest), added: false, notes, manifest, tried }, [...lines, 'Nothing was added.'])
  const { model: row } = await host.ask('models.add', { manifest, path })
  const model = await measured(host, row)
  return done({ ...model, added: true, notes, manifest, tried }, [...lines, `Added as ${model.id}${model.latencyMs === null ? '' : `; ${Math.round(model.latencyMs)} ms an item`}.`])
}

const rowAsIfAdded = ({ id, name, version, task, licence, source, files, classes, threshold }: Manifest): ModelRow =>
  ({ id, name, version, task, kind: 'own', licence, source, files: files.map((file) => ({ name: file.name, bytes: file.bytes, hash: file.hash })), classes, threshold, latencyMs: null, backend: null, problem: null })

/** How long the model may take to load, and on the sample. */
function secondsOf(invocation: Invocation): number {
  const seconds = whole(invocation, 'timeout') ?? 60
  if (seconds < 1 || seconds > 3600) throw new UsageError(`--timeout takes seconds from 1 to 3600, not ${seconds}.`)
  return seconds
}

/** The model's row with how long it takes here; as it was where it could not be measured, for it is added all the same. */
async function measured(host: Host, row: ModelRow): Promise<ModelRow> {
  try {
    return (await host.ask('models.measure', { model: row.id })).model
  } catch {
    return row
  }
}

async function remove(host: Host, _: Invocation, [id, ...more]: readonly string[]): Promise<Outcome> {
  if (id === undefined || more.length > 0) throw new UsageError('"quorum models remove" takes one id.')
  await host.ask('models.remove', { model: id })
  return done({ removed: id }, [`${id} was removed.`])
}

async function fetch(host: Host): Promise<Outcome> {
  const script = join(root, 'bin', 'weights.mjs')
  if (!existsSync(script)) throw new QuorumError('unsupported', 'Weights are fetched when Quorum is built; this one was packed with what it has.')
  const { status } = spawnSync(process.execPath, [script], { stdio: ['ignore', 2, 'inherit'] })
  const { models: rows } = await host.ask('models.list', {})
  return done(rows, linesOf(rows), status === 0 ? 0 : 1)
}

const inputLine = ({ input }: Manifest): string => {
  if (input.kind === 'audio') return `sound at ${input.sampleRate} Hz`
  const { size } = input
  return `pictures of ${size.kind === 'fixed' ? `${size.width} × ${size.height}` : size.kind === 'free' ? `up to ${size.longest}` : `lines of ${size.height}`}, ${input.channels}`
}

const best = (predictions: readonly { className: string; score: number }[]) => {
  const [first] = predictions.toSorted((a, b) => b.score - a.score)
  return first ? `; the surest: ${first.className || 'something'} ${first.score.toFixed(2)}` : ''
}

/** A line a model: what it gives, its size, how long it takes here and on what, its licence, its name, where it is from, and why it cannot run. */
function linesOf(rows: readonly ModelRow[]): string[] {
  const cells = rows.map((row) => [row.id, row.task, row.kind, sizeOf(row), row.latencyMs === null ? '' : `${row.latencyMs < 10 ? row.latencyMs.toFixed(1) : row.latencyMs.toFixed(0)} ms`, row.backend ?? '', row.licence])
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]!.length))) ?? []
  const right = new Set([3, 4])
  return rows.map(({ name, source, kind, problem }, at) => {
    const columns = cells[at]!.map((cell, column) => (right.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ')
    return `${columns}  ${name}${kind === 'rule' ? '' : `, from ${source}`}${problem === null ? '' : ` — cannot run: ${problem}`}`
  })
}

const sizeOf = ({ files }: ModelRow) => (files.length === 0 ? '' : `${(files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1)} MB`)
