import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Asset } from '#shared/model/asset.ts'
import { QuorumError } from '#shared/contract/errors.ts'

/**
 * The file of an asset, when it really lies in the project's media folder (copied) or in a folder that the person picked
 * (referenced). Links are followed before that is checked, so that one that leads out is refused.
 * Throws `not-found` (moved or deleted), `no-permission` (outside).
 */
export async function assetFile(asset: Asset, mediaFolder: string, allowedRoots: readonly string[]): Promise<string> {
  const { mode, path } = asset.source
  // A copy's path begins with `media/` and is relative to the project, which holds the media folder.
  const named = mode === 'copied' ? join(mediaFolder, '..', path) : path
  if (mode === 'referenced' && !isAbsolute(path)) throw outside(asset)
  const real = await existing(named)
  if (real === null) throw new QuorumError('not-found', `The file of ${asset.name} is not at ${named} any more. Put it back, or import its folder again.`)
  for (const root of mode === 'copied' ? [mediaFolder] : allowedRoots) {
    const realRoot = await existing(root)
    if (realRoot !== null && isInside(realRoot, real)) {
      if (!(await stat(real)).isFile()) throw new QuorumError('not-found', `${named} is not a file.`)
      return real
    }
  }
  throw outside(asset)
}

/** Whether `path` lies in `folder` or is it; both absolute and real. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

async function existing(path: string): Promise<string | null> {
  try {
    return await realpath(path)
  } catch {
    return null
  }
}

const outside = (asset: Asset) =>
  new QuorumError('no-permission', `The file of ${asset.name} lies outside the folders that were picked. Import its folder to allow it.`, asset.source.path)
