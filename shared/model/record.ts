import { z } from 'zod'
import { Annotation } from './annotation.ts'
import { Asset } from './asset.ts'
import { Label } from './label.ts'
import { Project } from './project.ts'
import { Relation } from './relation.ts'
import { Submission } from './submission.ts'
import { Tier } from './tier.ts'
import { Verdict } from './verdict.ts'

/** Everything that a diff can add, change or remove. */
export const AnyRecord = z.discriminatedUnion('type', [Project, Label, Tier, Asset, Annotation, Relation, Submission, Verdict])
export type AnyRecord = z.infer<typeof AnyRecord>
export type RecordType = AnyRecord['type']
export type RecordId = AnyRecord['id']
export type RecordOf<Type extends RecordType> = Extract<AnyRecord, { type: Type }>

export const recordTypes = ['project', 'label', 'tier', 'asset', 'annotation', 'relation', 'submission', 'verdict'] as const satisfies readonly RecordType[]
