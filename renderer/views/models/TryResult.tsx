import type { AssetRow } from '#shared/contract/api.ts'
import type { Answered } from '#shared/contract/models.ts'
import { areaOutline } from '#shared/geometry/iou.ts'
import type { Prediction } from '#shared/prelabel/prediction.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { Notice } from '#renderer/ui/Feedback.tsx'
import { words } from './words.ts'

/** What a model was tried on: one of the project's items, or one that comes with Quorum. */
export type Sample = Pick<AssetRow, 'id' | 'name'> & ({ readonly kind: 'image'; readonly width: number; readonly height: number } | { readonly kind: 'audio' })
interface Props { readonly sample: Sample; readonly answered: Answered }

const said = words.own
const mostListed = 30

/** What a model found on an item, drawn on it. */
export function TryResult({ sample, answered: { outcome, ms, backend } }: Props) {
  const { predictions, notes } = outcome
  return (
    <section className="own__result" aria-label={said.result(predictions.length, words.ms(ms), backend)}>
      <p className="q-muted">{said.result(predictions.length, words.ms(ms), backend)}</p>
      {notes.map((note) => <Notice key={note}>{note}</Notice>)}
      {predictions.length === 0 ? <Notice tone="attention">{said.nothing}</Notice> : null}
      {sample.kind === 'image' ? <Drawn sample={sample} predictions={predictions} /> : null}
      <ul className="own__found">{predictions.slice(0, mostListed).map((prediction, at) => <li key={placeOf(prediction, at)}><span className="q-clip" dir="auto">{prediction.className}{prediction.text ? ` “${prediction.text}”` : ''}</span><span className="q-muted">{spanOf(prediction)}{words.percent(prediction.score)}</span></li>)}</ul>
    </section>
  )
}

const placeOf = (prediction: Prediction, at: number) => `${at} ${prediction.className} ${prediction.score}`
const spanOf = ({ geometry }: Prediction) => (geometry.kind === 'stretch' ? `${geometry.start.toFixed(2)} – ${geometry.end.toFixed(2)} s · ` : '')

function Drawn({ sample, predictions }: { readonly sample: Extract<Sample, { kind: 'image' }>; readonly predictions: readonly Prediction[] }) {
  const { client } = useSession()
  const width = Math.max(sample.width, sample.height) / 250
  return (
    <div className="own__picture">
      <img src={client.mediaUrl(sample.id)} alt={sample.name} />
      <svg viewBox={`0 0 ${sample.width} ${sample.height}`} aria-hidden="true">
        {predictions.map((prediction, at) => {
          const path = pathOf(prediction)
          return path === '' ? null : <g key={placeOf(prediction, at)}><path d={path} className="own__halo" strokeWidth={width * 2} /><path d={path} className="own__shape" strokeWidth={width} strokeDasharray={`${width * 4} ${width * 3}`} /></g>
        })}
      </svg>
    </div>
  )
}

/** The outline in pixels of the picture; empty for what has no area. */
function pathOf({ geometry }: Prediction): string {
  if (geometry.kind === 'stretch' || geometry.kind === 'item' || geometry.kind === 'keypoints') return ''
  const outline = areaOutline(geometry)
  if (!outline) return ''
  return outline.parts.flat().map((ring) => `M${Array.from({ length: ring.length / 2 }, (_, at) => `${ring[at * 2]!.toFixed(1)} ${ring[at * 2 + 1]!.toFixed(1)}`).join('L')}Z`).join('')
}
