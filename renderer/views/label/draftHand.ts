import { useEffect, useMemo, useRef } from 'react'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import { modelOf, nextDraft } from '#renderer/tools/drafts.ts'
import { acceptDrafts, rejectDrafts } from '#renderer/tools/edits.ts'
import type { Edit } from '#renderer/tools/edited.ts'

interface Deps {
  /** Drafts in sight that wait for my verdict. */
  readonly drafts: readonly Annotation[]
  readonly selected: readonly Annotation[]
  readonly relations: readonly Relation[]
  readonly commit: (edit: Edit | null) => void
  readonly select: (ids: readonly AnnotationId[]) => void
  /** Brings it into sight. */
  readonly show: (id: AnnotationId) => void
}

export interface DraftHand {
  /** The draft in hand, when it is just one. */
  readonly current: Annotation | null
  /** Whether Tab walks the drafts: nothing else is in hand, and there is a draft that way. */
  readonly walks: (by: 1 | -1) => boolean
  readonly step: (by: 1 | -1) => void
  readonly accept: () => void
  /** Accepts this one, whatever else is in hand, and takes the next. */
  readonly take: (draft: Annotation) => void
  readonly reject: () => void
  readonly acceptAll: (drafts: readonly Annotation[]) => void
  readonly rejectAll: (drafts: readonly Annotation[]) => void
}

/** Walking over drafts and deciding about them, the same for shapes, segments, lines and remarks about the whole. */
export function useDraftHand({ drafts, selected, relations, commit, select, show }: Deps): DraftHand {
  const mine = useMemo(() => selected.filter(({ draft }) => draft), [selected])
  const [only] = selected.length === 1 ? selected : []
  const bring = (draft: Annotation | undefined) => {
    if (!draft) return
    select([draft.id])
    show(draft.id)
  }
  const waiting = (decided: readonly Annotation[]) => drafts.filter((draft) => !decided.includes(draft))
  /** The next one comes to hand, so that a person goes through all with one key; after the last the first that was passed over. */
  const follow = (decided: readonly Annotation[]) => {
    const rest = waiting(decided)
    bring(nextDraft(rest, decided.at(-1) ?? null, 1) ?? nextDraft(rest, null, 1))
  }
  const next = (by: 1 | -1) => nextDraft(drafts, only ?? null, by)
  return {
    current: only?.draft === true ? only : null,
    walks: (by) => (selected.length === 0 || (only !== undefined && (only.draft || modelOf(only) !== null))) && next(by) !== undefined,
    step: (by) => bring(next(by)),
    accept() {
      if (mine.length === 0) return
      commit(acceptDrafts(mine))
      follow(mine)
    },
    take(draft) {
      commit(acceptDrafts([draft]))
      follow([draft])
    },
    reject() {
      if (mine.length === 0) return
      commit(rejectDrafts(mine, relations))
      select([])
      follow(mine)
    },
    acceptAll: (list) => commit(acceptDrafts(list)),
    rejectAll: (list) => commit(rejectDrafts(list, relations)),
  }
}

/** How long a draft has been in hand, in milliseconds; null when it is another one's turn, or the window was out of sight meanwhile. */
export function useTimeInHand(current: AnnotationId | null): (id: string) => number | null {
  const hand = useRef<{ readonly id: AnnotationId; readonly since: number; away: boolean } | null>(null)
  useEffect(() => {
    hand.current = current === null ? null : { id: current, since: performance.now(), away: document.hidden }
    const left = () => { if (hand.current && document.hidden) hand.current.away = true }
    document.addEventListener('visibilitychange', left)
    return () => document.removeEventListener('visibilitychange', left)
  }, [current])
  return (id) => (hand.current?.id === id && !hand.current.away ? Math.round(performance.now() - hand.current.since) : null)
}
