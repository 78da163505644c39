import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import { useCommands, useSession } from '#renderer/frame/context.tsx'
import { useAlike, type AlikeHands } from '#renderer/inference/useAlike.ts'
import { isExample } from '#renderer/tools/alikeDrafts.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import type { LabelStore } from './labelState.ts'
import { words } from './words.ts'

interface Hands {
  readonly asset: Asset
  readonly me: Author
  readonly state: LabelStore
  /** The selected annotations that are mine to change. */
  readonly mine: readonly Annotation[]
  readonly all: readonly Annotation[]
  /** Whether I label this item without drafts. */
  readonly unaided: boolean
  readonly commit: (edit: Edit | null) => void
  readonly select: (ids: readonly AnnotationId[]) => void
}

/** "All objects like this": the command, and the run that it begins. What is found are drafts, the most alike of them in hand. */
export function useLikeThis({ asset, me, state, mine, all, unaided, commit, select }: Hands): AlikeHands & { readonly begin: (() => void) | null } {
  const session = useSession()
  const alike = useAlike(asset, me)
  const examples = mine.filter(isExample)
  const run = async () => {
    if (unaided) return void session.toast({ tone: 'attention', text: words.like.unaided })
    const { selection } = state.getState()
    const edit = await alike.seek(examples, all, state.getState().cutouts.tolerance)
    if (!edit) return
    commit(edit)
    const [first] = Object.keys(edit.diff.added) as AnnotationId[]
    // Who took something else in hand meanwhile keeps it.
    if (first && state.getState().selection === selection) select([first])
  }
  const ready = asset.kind === 'image' && examples.length > 0 && alike.run === null
  useCommands(asset.kind !== 'image' ? [] : [
    { id: 'like.this', name: words.like.command, group: words.groups.edit, keys: ['Shift+A'], when: () => ready, run: () => void run() },
  ])
  return { ...alike, begin: ready ? () => void run() : null }
}
