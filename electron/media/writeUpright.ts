import type { ImageAsset } from '#shared/model/asset.ts'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import { formatOfMime, isImageFormat } from './formats.ts'
import type { MediaPool } from './mediaPool.ts'

/**
 * Writes the picture upright in its own format to `to`, whole or not at all, for exports whose readers don't know EXIF.
 * Lossy formats are coded again at high quality. The same file gives the same bytes. Throws `unsupported` where it cannot be decoded.
 */
export async function writeUpright(pool: MediaPool, asset: ImageAsset, file: string, to: string): Promise<void> {
  const format = formatOfMime(asset.mime)
  if (format === undefined || !isImageFormat(format)) throw new QuorumError('unsupported', `${asset.name} is of a kind (${asset.mime}) that cannot be turned upright.`)
  try {
    await pool.run('render', { path: file, format, side: Math.max(asset.width, asset.height), to, as: format }, { timeoutMs: 600_000 })
  } catch (error) {
    throw new QuorumError('unsupported', `${asset.name} could not be turned upright.`, messageOf(error))
  }
}
