import type { Author } from '#shared/model/author.ts'
import { hash32 } from '#shared/model/hash.ts'
import type { AssetId, ProjectId } from '#shared/model/id.ts'

/** What a person's draws in a project begin with, 32 bits. */
export const controlSeed = (project: ProjectId, author: Author): number => hash32(author, hash32(`${project}\n`))

/**
 * Whether an item is shown to a person without drafts, so that what they draw unaided can be compared: the same answer on every machine
 * and whenever it is asked. `share` of the pairs, 0 … 1; a greater share only adds to the pairs of a smaller one.
 */
export const isControl = (seed: number, asset: AssetId, share: number): boolean => share > 0 && hash32(asset, seed) < share * 2 ** 32
