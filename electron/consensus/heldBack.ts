import { QuorumError } from '#shared/contract/errors.ts'
import type { Author } from '#shared/model/author.ts'
import { peopleWanted } from '#shared/model/overlap.ts'
import type { Project } from '#shared/model/project.ts'
import type { ItemWork } from './mirror.ts'

/** Who looks; null is a script, which reads the project's file as it is. */
export type Looker = Author | null

/**
 * Why a person is not shown others' work on an item, in words; null where they may see it. In a blind project who is at an item submits first, and an item
 * that still waits for people is not shown to somebody who may be one of them.
 */
export function heldBack({ asset, submitted, begun }: ItemWork, me: Looker, { visibility, overlap }: Project): string | null {
  if (visibility === 'open' || me === null || submitted.has(me)) return null
  if (begun.includes(me)) return `${asset.name}: your own work here is not submitted yet, and the project is blind. Submit it, then look at what the others did.`
  const lacking = peopleWanted(overlap, asset) - submitted.size
  if (lacking <= 0) return null
  return `${asset.name}: the project is blind, and ${lacking} more ${lacking === 1 ? 'person is' : 'people are'} to label this item. Look at what the others did when all have submitted.`
}

export function assertShown(work: ItemWork, me: Looker, project: Project): void {
  const why = heldBack(work, me, project)
  if (why !== null) throw new QuorumError('no-permission', why)
}
