import { join } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import { ownSamples } from '#shared/contract/samples.ts'
import type { ModelRow } from '#shared/contract/prelabel.ts'
import type { Rule } from '#shared/prelabel/rules/rule.ts'
import { ruleById, rules } from '#shared/prelabel/rules/rules.ts'
import { filesAt, inspectPath, tooLong } from '#electron/prelabel/adding.ts'
import { modelHash, rowOf, type LibraryModel } from '#electron/prelabel/library.ts'
import { measureModel } from '#electron/prelabel/measuring.ts'
import type { ItemFile } from '#electron/prelabel/protocol.ts'
import { RunFailure } from '#electron/prelabel/runner.ts'
import type { HostContext, Noun } from './context.ts'
import { assetFor, itemFile, knownLooker, said } from './looker.ts'
import { practiceMedia } from './practice.ts'

export function modelHandlers(context: HostContext): Noun<'models'> {
  const { library, measured, runner } = context.models
  const row = (model: LibraryModel) => rowOf(library, model, measured.get(modelHash(model.manifest)))
  const rowOfId = (id: string): ModelRow => {
    const rule = ruleById(id)
    return rule ? ruleRow(rule, measured.get(id)) : row(library.need(id))
  }
  return {
    'models.list': () => ({ models: [...library.list().map(row), ...rules.map((rule) => ruleRow(rule, measured.get(rule.id)))] }),
    'models.manifest'({ model }) {
      if (ruleById(model)) throw new QuorumError('unsupported', `${model} is a rule; it has no manifest.`)
      return { manifest: library.need(model).manifest }
    },
    async 'models.inspect'({ path, timeoutMs }) {
      const { manifest, notes, inputs, outputs } = await inspectPath(runner, path, timeoutMs)
      const clash = manifest && rowExists(context, manifest.id) ? [`There is a model ${manifest.id} already; this one needs another id.`] : []
      return { manifest, notes: [...notes, ...clash], inputs: inputs.map((port) => ({ ...port, dims: [...port.dims] })), outputs: outputs.map((port) => ({ ...port, dims: [...port.dims] })) }
    },
    async 'models.try'({ manifest: edited, path, asset: id, timeoutMs }) {
      const { manifest, files } = await filesAt(path, edited)
      const item = id === null ? sampleFiles[manifest.input.kind] : await itemFile(context, assetFor(context, id, manifest.input.kind, manifest.name))
      const { threshold, overlap, mostDetections } = manifest
      const key = `try ${modelHash(manifest)} ${JSON.stringify(manifest)}`
      const task = { kind: 'predict', by: { kind: 'model', key, manifest, files }, item, region: null, settings: { threshold, overlap, mostDetections } } as const
      return said(manifest.name, () => runner.run(task, { timeoutMs, once: true }).catch(stopped))
    },
    async 'models.add'({ manifest: edited, path }) {
      const { manifest, files } = await filesAt(path, edited)
      if (ruleById(manifest.id)) throw new QuorumError('invalid-input', `There is a rule ${manifest.id} already. Give the model another id.`)
      return { model: row(library.add(manifest, files)) }
    },
    'models.remove'({ model }) {
      library.remove(model)
      return {}
    },
    async 'models.measure'({ model }) {
      const looker = await knownLooker(context, model)
      const found = await said(looker.name, () => measureModel(runner, looker, sampleFiles))
      measured.keep(looker.by.kind === 'rule' ? model : looker.hash, found)
      return { model: rowOfId(model) }
    },
  }
}

/** A picture and a sound of the practice project. */
const sampleFiles: Readonly<Record<'image' | 'audio', ItemFile>> = {
  image: { kind: 'image', path: join(practiceMedia, ownSamples.image.name), mime: 'image/jpeg', width: ownSamples.image.width, height: ownSamples.image.height },
  audio: { kind: 'audio', path: join(practiceMedia, ownSamples.audio.name), mime: 'audio/wav', duration: ownSamples.audio.duration },
}

const rowExists = ({ models: { library } }: HostContext, id: string) => ruleById(id) !== undefined || library.find(id) !== null

function ruleRow({ id, name, version, task, classes, threshold }: Rule, measured: { ms: number; backend: string } | null): ModelRow {
  return {
    id, name, version, task, kind: 'rule', licence: 'MIT', source: 'Quorum', files: [], classes: [...classes], threshold,
    latencyMs: measured?.ms ?? null, backend: measured?.backend ?? null, problem: null,
  }
}

/** Of a model that did not come to its end, what that may mean. */
function stopped(error: unknown): never {
  throw error instanceof RunFailure && error.reason === 'timeout' ? new RunFailure('timeout', tooLong('on the sample', error)) : error
}
