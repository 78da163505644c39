import { randomBytes } from 'node:crypto'
import { lstat, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import type { ExportReport } from '#shared/contract/exporting.ts'
import type { AssetId } from '#shared/model/id.ts'
import { type Bake, copyMedia, type Cut, syncedHash, syncFolder, writeSynced } from './durable.ts'
import { manifest, manifestName } from './manifest.ts'
import type { ExportPlan } from './planExport.ts'
import { readBack } from './readBack.ts'

export interface ExportWriting {
  plan: ExportPlan
  /** The folder to make. It must not exist, or be empty. */
  out: string
  /** The absolute path of an asset's file. */
  mediaPath: (asset: AssetId) => string
  /** Writes a picture upright, without an orientation tag, in the format that `to` ends in. */
  bake: Bake
  /** Cuts a recording into clips, to the sample. */
  cut: Cut
  signal: AbortSignal
  onProgress: (progress: { done: number; total: number; message: string }) => void
}

/**
 * Writes the planned export beside OUT, reads it again, and puts it in place with one rename: OUT appears whole or not
 * at all. Throws QuorumError: `export-exists`, `cancelled`, `disk-full`, `no-permission`, `read-only`, `not-found`.
 */
export async function writeExport(writing: ExportWriting): Promise<ExportReport> {
  const out = resolve(writing.out)
  try {
    await refuseOccupied(out)
    const parent = dirname(out)
    const made = await mkdir(parent, { recursive: true })
    const folder = join(parent, `${basename(out)}.tmp-${randomBytes(4).toString('hex')}`)
    try {
      await mkdir(folder)
      await fill(writing, folder)
      await refuseOccupied(out)
      // Windows does not rename over a folder, even an empty one.
      await rmdir(out).catch(ignoreMissing)
      await rename(folder, out)
      await syncFolder(parent)
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      if (made !== undefined) await removeEmpty(parent, made)
      throw error
    }
  } catch (error) {
    throw asQuorumError(error, out)
  }
  return writing.plan.report
}

async function refuseOccupied(out: string): Promise<void> {
  const found = await lstat(out).catch(ignoreMissing)
  if (found === undefined) return
  if (found.isDirectory() && (await readdir(out)).length === 0) return
  throw new QuorumError('export-exists', `${out} exists already and is not an empty folder. Choose another name, or remove it first.`)
}

async function fill(writing: ExportWriting, folder: string): Promise<void> {
  const { plan, signal, onProgress } = writing
  const { serialized } = plan
  const hashes = new Map<string, string>()
  const total = plan.report.files
  const step = (message: string) => {
    if (signal.aborted) throw new QuorumError('cancelled', 'The export was cancelled; nothing was written.')
    onProgress({ done: hashes.size, total, message })
  }
  for (const file of serialized.files) {
    step(file.path)
    hashes.set(file.path, await writeSynced(join(folder, file.path), file.content))
  }
  const assets = new Map(plan.snapshot.items.map(({ asset }) => [asset.id, asset]))
  for (const media of serialized.media) {
    const asset = assets.get(media.asset)!
    step(asset.name)
    hashes.set(media.path, await copyMedia(writing.mediaPath(media.asset), join(folder, media.path), asset, media.bakeOrientation ? writing.bake : null))
  }
  for (const [id, clips] of Map.groupBy(serialized.clips ?? [], (clip) => clip.asset)) {
    const asset = assets.get(id)!
    step(asset.name)
    if (asset.kind !== 'audio') continue
    await writing.cut(asset, writing.mediaPath(id), clips.map(({ start, end, rate, path }) => ({ start, end, rate, out: join(folder, path) })))
    for (const { path } of clips) hashes.set(path, await syncedHash(join(folder, path)))
  }
  step('Reading the export again')
  await readBack(plan, folder, [...hashes.keys()].sort())
  step(manifestName)
  await writeSynced(join(folder, manifestName), manifest(plan, hashes))
  await syncFolders(folder)
}

async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) if (entry.isDirectory()) await syncFolder(join(entry.parentPath, entry.name))
  await syncFolder(folder)
}

/** Takes away the folders that were made on the way to OUT, from the innermost to `made`, while they are empty. */
async function removeEmpty(from: string, made: string): Promise<void> {
  for (let folder = from; folder.length >= made.length; folder = dirname(folder)) {
    const removed = await rmdir(folder).then(() => true, () => false)
    if (!removed) return
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function asQuorumError(error: unknown, out: string): Error {
  if (error instanceof QuorumError || !(error instanceof Error)) return error as Error
  const { code } = error as NodeJS.ErrnoException
  const detail = error.stack ?? error.message
  if (code === 'ENOSPC' || code === 'EDQUOT') return new QuorumError('disk-full', `The disk is full; the export to ${out} was taken back. Free some space and export again.`, detail)
  if (code === 'EACCES' || code === 'EPERM') return new QuorumError('no-permission', `${out} cannot be written: no permission. Choose a folder of your own.`, detail)
  if (code === 'EROFS') return new QuorumError('read-only', `${out} lies on a read-only disk. Choose another folder.`, detail)
  if (code === 'ENOTDIR') return new QuorumError('invalid-input', `${out} cannot be made: a part of its path is a file.`, detail)
  return new QuorumError('unexpected', `The export to ${out} failed (${error.message}); nothing was written.`, detail)
}
