import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import type { Asset, AudioAsset, ImageAsset } from '#shared/model/asset.ts'

export type Bake = (asset: ImageAsset, from: string, to: string) => Promise<void>

/** Cuts one recording; see writeClips. */
export type Cut = (asset: AudioAsset, from: string, clips: readonly { start: number; end: number; rate: number; out: string }[]) => Promise<void>

/** Writes a new file and its bytes to the disk; its SHA-256 in hex. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const handle = await open(path, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return createHash('sha256').update(bytes).digest('hex')
}

/** Copies an asset's file (or writes it upright with `bake`) to the disk; the SHA-256 of what is there now. */
export async function copyMedia(from: string, to: string, asset: Asset, bake: Bake | null): Promise<string> {
  await mkdir(dirname(to), { recursive: true })
  try {
    if (bake !== null && asset.kind === 'image') await bake(asset, from, to)
    else await copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new QuorumError('not-found', `The file of "${asset.name}" is gone (${from}). Put it back, or take the item out of the project.`)
  }
  const hash = await syncedHash(to)
  if (bake === null && hash !== asset.hash) {
    throw new QuorumError('unexpected', `The file of "${asset.name}" (${from}) is not the one that was annotated: its content has changed. Put the original back, or import it anew.`)
  }
  return hash
}

/** Makes a file that is there durable; its SHA-256. */
export async function syncedHash(path: string): Promise<string> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hashOf(path)
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Makes the names in a folder durable; Windows has no such call and needs none. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
