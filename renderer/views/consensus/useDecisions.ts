import { useState } from 'react'
import type { DecideRequest, DisputeRow } from '#shared/contract/consensus.ts'
import type { AnnotationId, AssetId } from '#shared/model/id.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { undoDecision } from './undoDecision.ts'
import type { Case } from './variants.ts'
import { words } from './words.ts'

export type ItemName = Pick<DisputeRow, 'asset' | 'name'>
export type Decision = DecideRequest['decision']

interface Asked {
  readonly row: DisputeRow
  /** When it came in front of the person: milliseconds since 1970. */
  readonly since: number
  readonly readOnly: boolean
  /** Items that I decided about, the newest last; undo goes back along them where this item has no decision of mine. */
  readonly trail: readonly ItemName[]
  readonly onDecided: (item: ItemName) => void
  readonly onUndone: (asset: AssetId) => void
}

export interface Decisions {
  readonly saving: boolean
  /** The marks that were judged together: a decision parts a split, and it is still looked at whole. */
  readonly judged: ReadonlySet<AnnotationId>
  /** True when it is saved. `blind`: judged before it was shown who said what. */
  readonly decide: (of: Case, decision: Decision, blind: boolean, note?: string) => Promise<boolean>
  readonly undo: () => Promise<void>
}

/** Settles the dispute in hand, and takes decisions back one by one. */
export function useDecisions({ row, since, readOnly, trail, onDecided, onUndone }: Asked): Decisions {
  const session = useSession()
  const [saving, setSaving] = useState(false)
  const [judged, setJudged] = useState<ReadonlySet<AnnotationId>>(nothing)
  const decide: Decisions['decide'] = async (of, decision, blind, note = '') => {
    if (saving || readOnly) return false
    setSaving(true)
    const answer = await session.attempt(() => session.client.call('consensus.decide', { asset: row.asset, key: row.key, decision, note, blind, durationMs: Date.now() - since }))
    setSaving(false)
    if (answer === null) return false
    // While names are covered a mark may be called otherwise; the verdict has its own id.
    const { about } = answer.verdict
    setJudged(new Set([...of.proposals.flatMap(({ members }) => members), ...(about.kind === 'dispute' ? about.members : [])]))
    onDecided({ asset: row.asset, name: row.name })
    return true
  }
  const undo = async () => {
    const answer = await session.attempt(async () => ({ at: await undoDecision(session.client, [row.asset, ...trail.toReversed().map(({ asset }) => asset)]) }))
    if (answer === null) return
    if (answer.at === null) {
      session.toast({ tone: 'neutral', text: words.nothingToUndo })
      return
    }
    if (answer.at !== row.asset) session.toast({ tone: 'ok', text: words.undoneIn(trail.findLast(({ asset }) => asset === answer.at)?.name ?? '') })
    onUndone(answer.at)
  }
  return { saving, judged, decide, undo }
}

const nothing: ReadonlySet<AnnotationId> = new Set()
