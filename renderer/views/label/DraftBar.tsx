import { Check, X } from 'lucide-react'
import { Button } from '#renderer/ui/Button.tsx'
import { Kbd } from '#renderer/ui/Kbd.tsx'
import { words } from './words.ts'

interface Props {
  readonly drafts: number
  readonly selected: number
  readonly onAccept: () => void
  readonly onReject: () => void
  readonly onAcceptAll: () => void
}

/** Floats over the picture while there are drafts on it. */
export function DraftBar({ drafts, selected, onAccept, onReject, onAcceptAll }: Props) {
  if (drafts === 0) return null
  return (
    <div className="draftbar" role="group" aria-label={words.draftBar}>
      <span className="q-muted">{words.drafts(drafts)}</span>
      <Button size="small" disabled={selected === 0} aria-label={words.accept} onClick={onAccept}><Check />{words.accept}<Kbd keys="Enter" /></Button>
      <Button size="small" disabled={selected === 0} aria-label={words.reject} onClick={onReject}><X />{words.reject}<Kbd keys="Backspace" /></Button>
      <Button size="small" onClick={onAcceptAll}>{words.acceptAll}</Button>
    </div>
  )
}
