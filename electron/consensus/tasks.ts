import type { z } from 'zod'
import type { AgreementReport, AgreementRequest } from '#shared/contract/agreement.ts'
import type {
  ApplyRequest, ConsensusItem, ConsensusRequest, ConsensusSummary, DecideRequest, DisputesAnswer, DisputesRequest, FoundAnswer, FoundRequest, UnclearRow,
} from '#shared/contract/consensus.ts'
import type { ErrorReply } from '#shared/contract/errors.ts'
import type { QueueItem, QueueRequest, QueueState } from '#shared/contract/queue.ts'
import type { Author } from '#shared/model/author.ts'
import type { Diff } from '#shared/model/diff.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { DisputeVerdict } from '#shared/model/verdict.ts'
import type { Looker } from './heldBack.ts'
import type { Written } from './layer.ts'
import type { Place } from './place.ts'

/** A refusal in words comes back as such. */
type Task<Input, Output> = { input: Input & Place; output: { readonly value: Output } | { readonly error: ErrorReply } }
export type Asked<Name extends keyof ConsensusTasks> = Omit<ConsensusTasks[Name]['input'], keyof Place>
export type Answered<Name extends keyof ConsensusTasks> = Extract<ConsensusTasks[Name]['output'], { value: unknown }>['value']

/** What the consensus worker does. A run goes in steps, so that its progress shows and other questions come in between. */
export type ConsensusTasks = {
  agreement: Task<{ readonly request: AgreementRequest }, AgreementReport>
  next: Task<{ readonly request: z.output<typeof QueueRequest>; readonly now: number }, QueueItem[]>
  queueState: Task<{ readonly for: Author }, QueueState>
  begin: Task<{ readonly request: ConsensusRequest }, { readonly token: string; readonly items: number }>
  lay: Task<{ readonly token: string }, number>
  learn: Task<{ readonly token: string }, null>
  estimate: Task<{ readonly token: string }, number>
  finish: Task<{ readonly token: string; readonly now: number }, null>
  summary: Task<object, ConsensusSummary | null>
  disputes: Task<{ readonly request: z.output<typeof DisputesRequest>; readonly me: Looker }, DisputesAnswer>
  found: Task<{ readonly request: z.output<typeof FoundRequest>; readonly me: Looker }, FoundAnswer>
  item: Task<{ readonly asset: AssetId; readonly names: boolean; readonly me: Looker }, ConsensusItem>
  layer: Task<{ readonly request: ApplyRequest; readonly author: Author }, Written>
  decision: Task<{ readonly request: z.output<typeof DecideRequest>; readonly author: Author; readonly me: Looker; readonly now: number }, { readonly diff: Diff; readonly verdict: DisputeVerdict }>
  unclear: Task<{ readonly me: Looker }, UnclearRow[]>
}
