import type { AcceptanceRow } from '#shared/contract/acceptance.ts'
import type { LabelId } from '#shared/model/id.ts'
import { anchoringFigure, meanFigure, shareFigure, timeFigure, type Figure } from './figures.ts'
import { words } from './words.ts'

interface Props {
  readonly rows: readonly AcceptanceRow[]
  readonly sliced: boolean
  readonly nameOf: (label: LabelId | null) => string
  /** The better model of each label, where there are several. */
  readonly best: ReadonlyMap<LabelId | null, string>
}

const { head, help } = words

interface Column { readonly name: string; readonly help?: string; readonly of: (row: AcceptanceRow) => Figure }

const columns: readonly Column[] = [
  { name: head.accepted, help: help.accepted, of: ({ accepted }) => shareFigure(accepted) }, { name: head.edited, help: help.accepted, of: ({ edited }) => shareFigure(edited) }, { name: head.rejected, help: help.accepted, of: ({ rejected }) => shareFigure(rejected) },
  { name: head.shape, of: ({ edit }) => meanFigure(edit.shape, 2) }, { name: head.vertices, of: ({ edit }) => meanFigure(edit.vertices, 1) }, { name: head.characters, of: ({ edit }) => meanFigure(edit.characters, 1) }, { name: head.seconds, of: ({ edit }) => meanFigure(edit.seconds, 2) },
  { name: head.time, of: ({ time }) => timeFigure(time) }, { name: head.misses, help: help.misses, of: ({ aided }) => shareFigure(aided.misses) },
  { name: head.missesUnaided, help: help.unaided, of: ({ unaided }) => shareFigure(unaided.misses) }, { name: head.alarms, help: help.unaided, of: ({ unaided }) => shareFigure(unaided.falseAlarms) },
  { name: head.anchoring, help: help.anchoring, of: ({ anchoring }) => anchoringFigure(anchoring) },
]

/** Every row with its figures; columns of which nobody has a figure are left out. */
export function FigureTable({ rows, sliced, nameOf, best }: Props) {
  const shown = columns.filter((column) => rows.some((row) => column.of(row).value !== '–'))
  return (
    // It scrolls, so keys must reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="figures" role="group" aria-label={words.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{head.model}</th><th scope="col">{head.label}</th>{sliced ? <th scope="col">{head.slice}</th> : null}<th scope="col" className="number">{head.drafts}</th><th scope="col" className="number">{head.decided}</th>
            {shown.map((column) => <th key={column.name} scope="col" className="number" title={column.help}>{column.name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.model} ${row.of} ${row.label} ${row.slice}`} data-of={row.of}>
              <th scope="row"><span className="figures__name" dir="auto">{row.model}</span></th>
              <td dir="auto">{row.of === 'model' || row.of === 'slice' ? words.all : nameOf(row.label)}{row.of === 'label' && best.get(row.label) === row.model ? <span className="q-badge" data-tone="ok">{words.best}</span> : null}</td>
              {sliced ? <td dir="auto">{row.of === 'model' || row.of === 'label' ? words.all : (row.slice ?? words.noValue)}</td> : null}
              <td className="number">{row.drafts.toLocaleString()}</td><td className="number">{row.decided.toLocaleString()}</td>
              {shown.map((column) => { const { value, beside } = column.of(row); return <td key={column.name} className="number">{value}<small>{beside}</small></td> })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
