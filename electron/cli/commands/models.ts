import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readFile } from 'node:fs/promises'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ModelRow } from '#shared/contract/prelabel.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import type { Host } from '#electron/host/host.ts'
import { root } from '#electron/version.ts'
import { done, text, UsageError, type Command, type Invocation, type Outcome } from '../command.ts'
import { withHost } from '../host.ts'

export const models: Command = {
  name: 'models',
  usage: 'quorum models [list|add FILE|remove ID|bench [ID …]|fetch] [--id ID] [--name NAME] [--classes FILE] [--threshold X] [--licence TEXT] [--dry-run]',
  summary: 'Lists what can pre-label and how long it takes here; adds a model of your own (an .onnx file, or a folder with a manifest.json).',
  example: 'quorum models add street-yolo.onnx --classes classes.txt   # --dry-run shows what would be added',
  options: { id: { type: 'string' }, name: { type: 'string' }, classes: { type: 'string' }, threshold: { type: 'string' }, licence: { type: 'string' }, 'dry-run': { type: 'boolean' } },
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
      rows.push({ ...row, problem: error instanceof Error ? error.message : String(error) })
    }
  }
  return done(rows, linesOf(rows), failed ? 3 : 0)
}

/** Guesses, tries on a sample, then adds; nothing is added that did not run. */
async function add(host: Host, invocation: Invocation, [file, ...more]: readonly string[]): Promise<Outcome> {
  if (file === undefined || more.length > 0) throw new UsageError('"quorum models add" takes one file or folder.')
  const path = resolve(file)
  const { manifest: guessed, notes } = await host.ask('models.inspect', { path })
  if (guessed === null) throw new QuorumError('unsupported', notes.join(' '))
  const manifest = await edited(guessed, invocation)
  const tried = manifest.head.kind === 'sam' ? null : await host.ask('models.try', { manifest, path })
  const lines = [
    `${manifest.id}: ${manifest.task}, head ${manifest.head.kind}, ${manifest.classes.length} classes, licence ${manifest.licence}.`, ...notes,
    tried === null ? 'It needs clicks, so it was not tried.' : `On the sample: ${tried.outcome.predictions.length === 1 ? '1 prediction' : `${tried.outcome.predictions.length} predictions`} in ${Math.round(tried.ms)} ms${best(tried.outcome.predictions)}.`, ...tried?.outcome.notes ?? [],
  ]
  if (invocation.flags['dry-run'] === true) return done({ manifest, notes, tried }, [...lines, 'Nothing was added.'])
  const { model: added } = await host.ask('models.add', { manifest, path })
  const model = await measured(host, added)
  return done({ ...model, notes }, [...lines, `Added as ${model.id}${model.latencyMs === null ? '' : `; ${Math.round(model.latencyMs)} ms an item`}.`])
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

/** The guess with what the person says on the command line. */
async function edited(manifest: Manifest, invocation: Invocation): Promise<Manifest> {
  const classes = text(invocation, 'classes')
  const threshold = text(invocation, 'threshold')
  if (threshold !== null && !(Number(threshold) >= 0 && Number(threshold) <= 1)) throw new UsageError(`--threshold takes a number from 0 to 1, not "${threshold}".`)
  return {
    ...manifest, id: text(invocation, 'id') ?? manifest.id, name: text(invocation, 'name') ?? manifest.name, licence: text(invocation, 'licence') ?? manifest.licence,
    threshold: threshold === null ? manifest.threshold : Number(threshold), classes: classes === null ? manifest.classes : await linesIn(classes),
  }
}

async function linesIn(path: string): Promise<string[]> {
  const content = await readFile(path, 'utf8').catch(() => { throw new UsageError(`--classes: ${path} cannot be read.`) })
  return content.split(/\r?\n/u).map((line) => line.trim()).filter((line) => line !== '')
}

const best = (predictions: readonly { className: string; score: number }[]) => {
  const [first] = predictions.toSorted((a, b) => b.score - a.score)
  return first ? `; the surest: ${first.className || 'something'} ${first.score.toFixed(2)}` : ''
}

function linesOf(rows: readonly ModelRow[]): string[] {
  const width = Math.max(...rows.map(({ id }) => id.length))
  return rows.map(({ id, task, kind, name, latencyMs, problem }) => `${id.padEnd(width)}  ${task.padEnd(16)} ${kind.padEnd(8)} ${(latencyMs === null ? '' : `${latencyMs.toFixed(0)} ms`).padStart(8)}  ${name}${problem === null ? '' : ` — ${problem}`}`)
}
