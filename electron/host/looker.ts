import { createHash } from 'node:crypto'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ModelTask } from '#shared/contract/prelabel.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { RunSettings } from '#shared/prelabel/manifest.ts'
import { assetFile } from '#electron/media/serve.ts'
import { modelHash } from '#electron/prelabel/library.ts'
import type { ItemFile, Looker } from '#electron/prelabel/protocol.ts'
import { findRule } from '#electron/prelabel/rules.ts'
import type { HostContext } from './context.ts'
import { openProjectOf } from './context.ts'
import { mediaRoots } from './projectSink.ts'

/** A model or a rule, ready to be asked; what of it goes into the provenance of drafts. */
export interface ReadyLooker {
  readonly by: Looker
  readonly id: string
  readonly name: string
  readonly version: string
  readonly task: ModelTask
  readonly hash: string
  readonly looksAt: Asset['kind']
  readonly classes: readonly string[]
  readonly settings: RunSettings
}

/** Throws in words for a model that is not there, cannot run, or needs a person's clicks. */
export async function readyLooker({ models: { library } }: HostContext, id: string): Promise<ReadyLooker> {
  const rule = findRule(id)
  if (rule) return { ...rule, by: { kind: 'rule', id }, hash: createHash('sha256').update(`${id} ${rule.version}`).digest('hex') }
  const model = library.need(id)
  const { manifest } = model
  if (manifest.head.kind === 'sam') throw new QuorumError('unsupported', `${manifest.name} needs clicks or a box; it cannot look through items on its own.`)
  const files = await library.files(model)
  const hash = modelHash(manifest)
  return {
    by: { kind: 'model', key: `${id} ${hash}`, manifest, files }, id, name: manifest.name, version: manifest.version, task: manifest.task, hash, looksAt: manifest.input.kind, classes: manifest.classes,
    settings: { threshold: manifest.threshold, overlap: manifest.overlap, mostDetections: manifest.mostDetections },
  }
}

/** An item's own file, as the runner wants it. Throws in words for one that is gone. */
export async function itemFile(context: HostContext, asset: Asset): Promise<ItemFile> {
  const project = openProjectOf(context)
  const path = await assetFile(asset, project.media, mediaRoots(project))
  return asset.kind === 'image'
    ? { kind: 'image', path, mime: asset.mime, width: asset.width, height: asset.height }
    : { kind: 'audio', path, mime: asset.mime, duration: asset.duration }
}
