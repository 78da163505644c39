import { Check, ChevronRight, X } from 'lucide-react'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Label } from '#shared/model/label.ts'
import { scoreText } from '#renderer/tools/drafts.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { keyText } from '#renderer/ui/Kbd.tsx'
import type { DraftHand } from './draftHand.ts'
import { draftWords as words } from './draftWords.ts'

interface Props {
  /** In sight. */
  readonly drafts: readonly Annotation[]
  /** Below the least score of the slider. */
  readonly below: number
  readonly selected: number
  readonly label: Label | undefined
  readonly hand: DraftHand
  /** Below the item instead of over it, where a text is written. */
  readonly docked: boolean
}

/** Floats over the item, or stands below it, while there are drafts on it. */
export function DraftBar({ drafts, below, selected, label, hand, docked }: Props) {
  if (drafts.length === 0 && below === 0) return null
  const { current } = hand
  return (
    <div className="draftbar" role="group" aria-label={words.draftBar} data-docked={docked || undefined}>
      <span className="draftbar__what q-clip">
        {current === null ? null : <><GlyphChip path={glyphPath(label?.glyph ?? 'circle')} color={label?.color ?? 'var(--text-muted)'} size={12} /><span className="q-clip" dir="auto">{label?.name ?? words.noLabel}</span><span className="q-muted">{scoreText(current) ?? ''}</span><span className="q-muted">·</span></>}
        <span className="q-muted">{words.drafts(drafts.length)}{below > 0 ? `, ${words.below(below)}` : ''}</span>
      </span>
      <Button size="small" disabled={selected === 0} aria-label={words.accept} onClick={hand.accept}><Check />{words.acceptShort}<Key keys="Enter" /></Button>
      <Button size="small" disabled={selected === 0} aria-label={words.reject} onClick={hand.reject}><X />{words.rejectShort}<Key keys="Backspace" /></Button>
      <Button size="small" tone="quiet" disabled={drafts.length === 0} aria-label={words.next} onClick={() => hand.step(1)}>{words.nextShort}<ChevronRight /><Key keys="Tab" /></Button>
      <Button size="small" disabled={drafts.length === 0} onClick={() => hand.acceptAll(drafts)}>{words.acceptAll}</Button>
    </div>
  )
}

/** Drawn by the style sheet: what can be read on a button must be what it is called. */
const Key = ({ keys }: { readonly keys: string }) => <span className="q-kbd" aria-hidden="true"><span data-key={keyText(keys)} /></span>
