import type { AgreementReport } from '#shared/contract/agreement.ts'
import { goTo } from '#renderer/frame/route.ts'
import { words } from './words.ts'

const figure = (value: number | null) => (value === null ? words.dash : value.toFixed(2))

/** The items that people agree on least; each leads to its disputes. */
export function WorstItems({ items }: { readonly items: NonNullable<AgreementReport['worst']> }) {
  if (items.length === 0) return null
  return (
    <section className="quality__worst" aria-label={words.worst}>
      <h2>{words.worst} <span className="q-muted">· {words.worstNote}</span></h2>
      <table>
        <thead><tr>{words.worstHead.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.asset}>
              <th scope="row"><button type="button" className="linkbutton q-clip" onClick={() => goTo('consensus', item.asset)}>{item.name}</button></th>
              <td className="number">{figure(item.f1)}</td><td className="number">{figure(item.iou)}</td><td className="number">{item.things}</td><td className="number">{item.alone}</td><td className="number">{item.otherName}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
