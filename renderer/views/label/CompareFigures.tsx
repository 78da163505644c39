import { Check, ChevronDown, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { bestByLabel } from '#shared/prelabel/best.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { comparisonByLabel } from '#renderer/tools/draftComparison.ts'
import { modelOf } from '#renderer/tools/drafts.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { keyText } from '#renderer/ui/Kbd.tsx'
import { Popover } from '#renderer/ui/Popover.tsx'
import type { Comparing } from './comparing.ts'
import { compareWords as words } from './compareWords.ts'
import type { DraftHand } from './draftHand.ts'
import { draftWords } from './draftWords.ts'

interface Props {
  readonly comparing: Comparing
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly hand: DraftHand
  readonly readOnly: boolean
  readonly onLeave: () => void
}

/** What the two have in common in numbers, and how each label fared; the way back. */
export function CompareFigures({ comparing, labels, hand, readOnly, onLeave }: Props) {
  const { comparison, left, right } = comparing
  const of = (standing: string) => comparison.pairs.filter((pair) => pair.standing === standing).length
  const figures: readonly (readonly [name: string, value: string | number, sign: string])[] = [
    [words.matched, of('matched'), 'quiet'], [words.only(left.model, 'left'), comparison.onlyLeft.length, 'strong'], [words.only(right.model, 'right'), comparison.onlyRight.length, 'strong'],
    [words.otherLabel, of('other-label'), 'marked'], ...(of('other-text') > 0 ? [[words.otherText, of('other-text'), 'marked'] as const] : []), [words.meanPlace, words.mean(comparison.meanPlace, comparison.pairs.length), ''],
  ]
  return (
    <div className="compare__foot">
      <dl className="compare__figures" aria-label={words.figures}>
        {figures.map(([name, value, sign]) => <div key={name}>{sign === '' ? null : <span className="compare__sign" data-sign={sign} aria-hidden="true" />}<dt className="q-clip" title={name}>{name}</dt><dd>{value}</dd></div>)}
      </dl>
      <Button size="small" disabled={readOnly || hand.current === null} aria-label={draftWords.accept} onClick={hand.accept}><Check />{draftWords.acceptShort}<Key keys="Enter" /></Button>
      <Button size="small" disabled={readOnly || hand.current === null} aria-label={draftWords.reject} onClick={hand.reject}><X />{draftWords.rejectShort}<Key keys="Backspace" /></Button>
      <Popover label={words.byLabel} align="end" trigger={<Button size="small" tone="quiet">{words.byLabel}<ChevronDown /></Button>}>
        <ByLabel comparing={comparing} labels={labels} hand={hand} readOnly={readOnly} />
      </Popover>
      <Button size="small" tone="quiet" onClick={onLeave}>{words.leave}<Key keys="Escape" /></Button>
    </div>
  )
}

/** Drawn by the style sheet: what can be read on a button must be what it is called. */
const Key = ({ keys }: { readonly keys: string }) => <span className="q-kbd" aria-hidden="true"><span data-key={keyText(keys)} /></span>

/** A row a label: how many each has, how many both, and which model's drafts of it fared best so far; those can be taken together. */
function ByLabel({ comparing, labels, hand, readOnly }: Omit<Props, 'onLeave'>) {
  const session = useSession()
  const [best, setBest] = useState<ReadonlyMap<LabelId | null, string> | null>(null)
  const { comparison, left, right } = comparing
  useEffect(() => {
    let current = true
    void session.attempt(() => session.client.call('prelabel.acceptance', {})).then((report) => { if (report && current) setBest(bestByLabel(report.rows)) })
    return () => { current = false }
  }, [session])
  const rows = comparisonByLabel(comparison, left.drafts, right.drafts)
  const winners = [...left.takeable, ...right.takeable].filter((draft) => best?.get(draft.label) === modelOf(draft))
  return (
    <div className="q-column compare__table">
      <table>
        <thead><tr><th scope="col">{words.label}</th><th scope="col">{words.textOf(left.model)}</th><th scope="col">{words.textOf(right.model)}</th><th scope="col">{words.both}</th><th scope="col">{words.best}</th></tr></thead>
        <tbody>
          {rows.map((row) => {
            const label = row.label === null ? undefined : labels.get(row.label)
            return (
              <tr key={row.label ?? ''}>
                <th scope="row"><GlyphChip path={glyphPath(label?.glyph ?? 'circle')} color={label?.color ?? 'var(--text-muted)'} size={12} /> <span dir="auto">{label?.name ?? words.noLabel}</span></th>
                <td>{row.left}</td><td>{row.right}</td><td>{row.matched}</td><td>{best?.get(row.label) ?? words.bestNone}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="q-muted q-small">{words.bestHint}</p>
      <Button size="small" disabled={readOnly || winners.length === 0} onClick={() => hand.acceptAll(winners)}>{words.takeBest(winners.length)}</Button>
    </div>
  )
}
