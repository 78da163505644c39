import { Download } from 'lucide-react'
import type { AgreementReport } from '#shared/contract/agreement.ts'
import { save } from '#renderer/charts/save.ts'
import { csvOf } from '#renderer/charts/table.ts'
import { goTo } from '#renderer/frame/route.ts'
import { IconButton } from '#renderer/ui/Button.tsx'
import { words } from './words.ts'

const figure = (value: number | null) => (value === null ? words.dash : value.toFixed(2))

interface Props {
  readonly items: NonNullable<AgreementReport['worst']>
  /** Items that at least two people did. */
  readonly of: number
}

/** The items that people agree on least; each leads to its disputes. */
export function WorstItems({ items, of }: Props) {
  if (items.length === 0) return null
  const toCsv = () => save('least-agreed.csv', 'text/csv;charset=utf-8', csvOf({
    columns: [...words.worstHead, words.people], rows: items.map((item) => [item.name, item.f1, item.iou, item.things, item.alone, item.otherName, item.people.join(', ')]),
  }))
  return (
    <section className="quality__worst" aria-label={words.worst}>
      <div className="quality__worsthead">
        <h2 className="q-grow">{words.worst} <span className="q-muted">· {words.worstNote(items.length, of)}</span></h2>
        <IconButton size="small" label={words.worstCsv} onClick={toCsv}><Download /></IconButton>
      </div>
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
