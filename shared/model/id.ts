import { z } from 'zod'

/** The part of Web Crypto that both Node and browsers offer; the shared layer knows nothing else of either. */
declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }

const alphabet = '0123456789abcdefghijkmnpqrstvwxyz'

/** A random token of `length` characters, 5 bits each (32 symbols, no l/o/u that are misread). */
export function randomToken(length = 16): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length))
  let token = ''
  for (const byte of bytes) token += alphabet[byte & 31]
  return token
}

function idOf<const Prefix extends string>(prefix: Prefix) {
  return z.string().regex(new RegExp(`^${prefix}:[^\\s\\p{Cc}\\p{Cs}]{1,200}$`, 'u'), `must be an id like "${prefix}:…"`).brand<`${Prefix} id`>()
}

export const ProjectId = idOf('project')
export const LabelId = idOf('label')
export const TierId = idOf('tier')
/** `asset:` + the first 40 hex digits of the SHA-256 of the file's bytes: the same file is the same asset everywhere. */
export const AssetId = idOf('asset')
export const AnnotationId = idOf('annotation')
export const RelationId = idOf('relation')
/** `submission:` + asset hash + `/` + author: one per person and item, the same on every machine. */
export const SubmissionId = idOf('submission')
/** `verdict:` + what was judged + `/` + author: one per person and thing. */
export const VerdictId = idOf('verdict')
export const ChangeId = idOf('change')
export const GroupId = idOf('group')

export type ProjectId = z.infer<typeof ProjectId>
export type LabelId = z.infer<typeof LabelId>
export type TierId = z.infer<typeof TierId>
export type AssetId = z.infer<typeof AssetId>
export type AnnotationId = z.infer<typeof AnnotationId>
export type RelationId = z.infer<typeof RelationId>
export type SubmissionId = z.infer<typeof SubmissionId>
export type VerdictId = z.infer<typeof VerdictId>
export type ChangeId = z.infer<typeof ChangeId>
export type GroupId = z.infer<typeof GroupId>

export const newLabelId = () => `label:${randomToken()}` as LabelId
export const newTierId = () => `tier:${randomToken()}` as TierId
export const newAnnotationId = () => `annotation:${randomToken()}` as AnnotationId
export const newRelationId = () => `relation:${randomToken()}` as RelationId
export const newChangeId = () => `change:${randomToken()}` as ChangeId
export const newGroupId = () => `group:${randomToken()}` as GroupId
export const newProjectId = () => `project:${randomToken()}` as ProjectId
