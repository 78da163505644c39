import type { Author } from '#shared/model/author.ts'
import type { AssetId, ProjectId } from '#shared/model/id.ts'

/** FNV-1a over UTF-16 code units, 32 bits (Fowler, Noll & Vo; draft-eastlake-fnv), begun from `from`. */
function fnv1a(text: string, from: number): number {
  let hash = from
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return hash >>> 0
}

/** MurmurHash3's finaliser (A. Appleby, public domain): every bit of the input changes half of the bits. */
function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** What a person's draws in a project begin with, 32 bits. */
export const controlSeed = (project: ProjectId, author: Author): number => mixed(fnv1a(author, fnv1a(`${project}\n`, 0x811c9dc5)))

/**
 * Whether an item is shown to a person without drafts, so that what they draw unaided can be compared: the same answer on every machine
 * and whenever it is asked. `share` of the pairs, 0 … 1; a greater share only adds to the pairs of a smaller one.
 */
export const isControl = (seed: number, asset: AssetId, share: number): boolean => share > 0 && mixed(fnv1a(asset, seed)) < share * 2 ** 32
