import { useCommands } from '#renderer/frame/context.tsx'
import type { AlikeHands } from '#renderer/inference/useAlike.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { ProgressBar } from '#renderer/ui/Feedback.tsx'
import { words } from './words.ts'

/** Floats over the picture while objects like the selected one are looked for: how far that is, and the end of it. */
export function LikeBar({ alike: { run, stop } }: { readonly alike: AlikeHands }) {
  useCommands(run === null ? [] : [{ id: 'like.stop', name: words.like.stop, group: words.groups.edit, keys: ['Escape'], run: stop }])
  if (run === null) return null
  return (
    <div className="segmentbar likebar" role="group" aria-label={words.like.bar}>
      <span className="likebar__saying" role="status">{run.saying}</span>
      <ProgressBar label={words.like.bar} done={run.progress?.done ?? 0} total={run.progress?.total ?? null} />
      <Button size="small" onClick={stop}>{words.like.stop}</Button>
    </div>
  )
}
