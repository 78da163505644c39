import { useState } from 'react'
import { useStore } from 'zustand'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { bestByLabel } from '#shared/prelabel/best.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { countsByLabel, histogram, isInSight, modelOf, reaches, scoreOf } from '#renderer/tools/drafts.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { keyText } from '#renderer/ui/Kbd.tsx'
import { Checkbox, Slider } from '#renderer/ui/Choice.tsx'
import { GlyphChip } from '#renderer/ui/Feedback.tsx'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { compareWords } from './compareWords.ts'
import type { DraftHand } from './draftHand.ts'
import { draftWords as words } from './draftWords.ts'
import { toggled, type LabelStore } from './labelState.ts'

interface Props {
  /** Everything that waits for my verdict, also what the slider or a choice puts out of sight. */
  readonly drafts: readonly Annotation[]
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly state: LabelStore
  readonly hand: DraftHand
  readonly readOnly: boolean
  readonly onCompare: (() => void) | null
}

/** The drafts of an item together: how sure their models are, what to do with those above and below a score, whose they are. */
export function DraftPanel({ drafts, labels, state, hand, readOnly, onCompare }: Props) {
  const least = useStore(state, (label) => label.leastScore)
  const hiddenLayers = useStore(state, (label) => label.hiddenLayers)
  const hiddenLabels = useStore(state, (label) => label.hiddenLabels)
  const winners = useStore(state, (label) => label.winners)
  // What nobody sees is neither accepted nor rejected with the rest.
  const inSight = drafts.filter((draft) => isInSight(draft, { hiddenLayers, hiddenLabels, winners }))
  const above = inSight.filter((draft) => reaches(draft, least))
  const below = inSight.filter((draft) => !reaches(draft, least))
  const unscored = inSight.filter((draft) => scoreOf(draft) === null).length
  return (
    <div className="drafts">
      <Histogram drafts={inSight} least={least} />
      <Slider label={words.least} value={least} min={0} max={1} step={0.01} text={words.percent(least)} onChange={(score) => state.setState({ leastScore: score })} />
      {unscored > 0 && least > 0 ? <p className="q-muted q-small">{words.unscored(unscored)}</p> : null}
      <div className="drafts__all">
        <Button size="small" disabled={readOnly || above.length === 0} onClick={() => hand.acceptAll(above)}>{words.acceptAbove(above.length, least)}</Button>
        {least === 0 ? null : <Button size="small" disabled={readOnly || below.length === 0} onClick={() => hand.rejectAll(below)}>{words.rejectBelow(below.length, least)}</Button>}
      </div>
      <ul className="drafts__labels" aria-label={words.labels}>
        {countsByLabel(inSight, least).map(({ label: id, all, above: count }) => {
          const label = id === null ? undefined : labels.get(id)
          return <li key={id ?? ''}><GlyphChip path={glyphPath(label?.glyph ?? 'circle')} color={label?.color ?? 'var(--text-muted)'} size={12} /><span className="q-clip q-grow" dir="auto">{label?.name ?? words.noLabel}</span><span className="q-muted">{words.above(count, all)}</span></li>
        })}
      </ul>
      <Models drafts={drafts} state={state} />
      {onCompare === null ? null : <div><Button size="small" onClick={onCompare}>{compareWords.title}<span className="q-kbd" aria-hidden="true"><span data-key={keyText('Alt+C')} /></span></Button></div>}
    </div>
  )
}

const barHeight = 40

/** Bars of a twentieth each; those that the slider keeps are strong. */
function Histogram({ drafts, least }: { readonly drafts: readonly Annotation[]; readonly least: number }) {
  const bins = histogram(drafts)
  const most = Math.max(1, ...bins.map(({ count }) => count))
  return (
    <svg className="drafts__histogram" viewBox={`0 0 ${bins.length * 10} ${barHeight}`} preserveAspectRatio="none" role="img" aria-label={words.histogram(drafts.length)}>
      {bins.map(({ from, to, count }) => {
        const height = count === 0 ? 0 : Math.max(2, (count / most) * barHeight)
        return <rect key={from} x={from * bins.length * 10 + 0.75} width={8.5} y={barHeight - height} height={height} data-kept={to > least || undefined}><title>{`${words.percent(from)} – ${words.percent(to)}: ${count}`}</title></rect>
      })}
      <line x1={0} x2={bins.length * 10} y1={barHeight - 0.5} y2={barHeight - 0.5} />
    </svg>
  )
}

/** Where two models spoke: each can be put out of sight, and the better one of each label left. */
function Models({ drafts, state }: Pick<Props, 'drafts' | 'state'>) {
  const session = useSession()
  const hiddenLayers = useStore(state, (label) => label.hiddenLayers)
  const winners = useStore(state, (label) => label.winners)
  const [asking, setAsking] = useState(false)
  const models = [...Map.groupBy(drafts, (draft) => draft.layer)].map(([layer, of]): [Layer, string, number] => [layer, modelOf(of[0]!) ?? layer, of.length]).sort(([a], [b]) => (a < b ? -1 : 1))
  if (models.length < 2) return null
  const choose = async (on: boolean) => {
    if (!on) return state.setState({ winners: null })
    setAsking(true)
    const report = await session.attempt(() => session.client.call('prelabel.acceptance', {}))
    setAsking(false)
    if (report) state.setState({ winners: bestByLabel(report.rows) })
  }
  return (
    <fieldset className="drafts__models">
      <legend>{words.models}</legend>
      {models.map(([layer, model, count]) => <Checkbox key={layer} label={`${words.show(model)} (${count})`} checked={!hiddenLayers.includes(layer)} onChange={() => state.setState({ hiddenLayers: toggled(hiddenLayers, layer) })} />)}
      <Checkbox label={words.best} hint={words.bestHint} disabled={asking} checked={winners !== null} onChange={(on) => void choose(on)} />
    </fieldset>
  )
}
