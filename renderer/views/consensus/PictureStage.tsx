import { useMemo, type Ref } from 'react'
import type { Annotation } from '#shared/model/annotation.ts'
import type { ImageAsset } from '#shared/model/asset.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Picture } from '#renderer/editor/pictures.ts'
import { Segmented } from '#renderer/ui/Choice.tsx'
import { heatKinds, heatOf, type HeatKind } from './heat.ts'
import { ImageStage, type CanvasEditing } from './ImageStage.tsx'
import { SidePanes } from './SidePanes.tsx'
import type { StageHandle } from './stage.ts'
import type { Case } from './variants.ts'
import { words } from './words.ts'

interface Props {
  readonly asset: ImageAsset
  readonly picture: Picture | null
  readonly of: Case | null
  readonly estimates: readonly Annotation[]
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly alone: string | null
  /** The heat that is asked for; another kind is shown where a case has none of it. Null: none. */
  readonly heat: HeatKind | null
  readonly sideBySide: boolean
  readonly editing: CanvasEditing | null
  readonly onHeat: (kind: HeatKind) => void
  readonly onHint: (hint: string) => void
  readonly ref: Ref<StageHandle>
}

/** The picture of a dispute: layers over each other, or everybody's beside each other. One's own answer is drawn on the whole picture. */
export function PictureStage({ asset, picture, of, estimates, labels, alone, heat, sideBySide, editing, onHeat, onHint, ref }: Props) {
  const kinds = useMemo(() => (of === null ? [] : heatKinds(of)), [of])
  const kind = heat === null ? null : kinds.includes(heat) ? heat : (kinds[0] ?? null)
  const shown = useMemo(() => (of === null || kind === null ? null : heatOf(of, kind)), [of, kind])
  const { width, height } = asset
  return (
    <div className="picturestage">
      {sideBySide && of !== null && editing === null
        ? <SidePanes ref={ref} picture={picture} width={width} height={height} of={of} estimates={estimates} labels={labels} alone={alone} heat={shown} />
        : <ImageStage ref={ref} asset={asset.id} picture={picture} width={width} height={height} of={of} estimates={estimates} labels={labels} alone={alone} heat={shown} editing={editing} onHint={onHint} />}
      {kind === null || shown === null || editing !== null ? null : <Legend kind={kind} kinds={kinds} sideBySide={sideBySide} onKind={onHeat} />}
    </div>
  )
}

/** What the heat says, in words. */
interface LegendProps { readonly kind: HeatKind; readonly kinds: readonly HeatKind[]; readonly sideBySide: boolean; readonly onKind: (kind: HeatKind) => void }

function Legend({ kind, kinds, sideBySide, onKind }: LegendProps) {
  const { hint, legend } = words.heatKinds[kind]
  return (
    <div className="heatlegend" role="group" aria-label={words.heat} title={hint} data-side={sideBySide ? '' : undefined}>
      {kinds.length > 1 ? <Segmented label={words.heatOf} hideLabel value={kind} options={kinds.map((one) => ({ value: one, label: words.heatKinds[one].short }))} onChange={onKind} /> : null}
      <span className="heatlegend__bar" aria-hidden="true" />
      <span>{legend}</span>
    </div>
  )
}
