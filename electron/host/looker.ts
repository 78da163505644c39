import { createHash } from 'node:crypto'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ModelTask } from '#shared/contract/prelabel.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { RunSettings } from '#shared/prelabel/manifest.ts'
import { assetFile } from '#electron/media/serve.ts'
import { modelHash } from '#electron/prelabel/library.ts'
import type { ItemFile, Looker } from '#electron/prelabel/protocol.ts'
import { RunFailure } from '#electron/prelabel/runner.ts'
import { ruleById } from '#shared/prelabel/rules/rules.ts'
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

/** Rules choose among overlapping finds themselves. */
const ruleLimits = { overlap: 1, mostDetections: 1000 }

/** Throws in words for a model that is not there or cannot run. */
export async function knownLooker({ models: { library } }: HostContext, id: string): Promise<ReadyLooker> {
  const rule = ruleById(id)
  if (rule) {
    const { name, version, task, classes, threshold, media } = rule
    return { by: { kind: 'rule', id }, id, name, version, task, classes, looksAt: media, settings: { threshold, ...ruleLimits }, hash: createHash('sha256').update(`${id} ${version}`).digest('hex') }
  }
  const model = library.need(id)
  const { manifest } = model
  const files = await library.files(model)
  const hash = modelHash(manifest)
  return {
    by: { kind: 'model', key: `${id} ${hash}`, manifest, files }, id, name: manifest.name, version: manifest.version, task: manifest.task, hash, looksAt: manifest.input.kind, classes: manifest.classes,
    settings: { threshold: manifest.threshold, overlap: manifest.overlap, mostDetections: manifest.mostDetections },
  }
}

/** The same, and for one that needs a person's clicks. */
export async function readyLooker(context: HostContext, id: string): Promise<ReadyLooker> {
  const looker = await knownLooker(context, id)
  if (looker.by.kind === 'model' && looker.by.manifest.head.kind === 'sam') throw new QuorumError('unsupported', `${looker.name} needs clicks or a box; it cannot look through items on its own.`)
  return looker
}

/** The item of that id, of the kind that a model looks at. Throws in words. */
export function assetFor(context: HostContext, id: AssetId, looksAt: Asset['kind'], name: string): Asset {
  const asset = openProjectOf(context).store.records.read(id)
  if (asset?.type !== 'asset') throw new QuorumError('not-found', `${id} is not in this project.`)
  if (asset.kind !== looksAt) throw new QuorumError('invalid-input', `${name} looks at ${looksAt === 'image' ? 'pictures' : 'sounds'}, and ${asset.name} is none.`)
  return asset
}

/** A failure of the runner as one that can be shown; `about` begins the sentence. */
export async function said<Result>(about: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RunFailure) throw new QuorumError(error.reason === 'cancelled' ? 'cancelled' : 'unsupported', `${about}: ${error.message}`)
    throw error
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
