import { AudioLines, Check, CircleDashed, EllipsisVertical, Filter, ListStart, PencilLine, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { AssetStatus, type AssetRow } from '#shared/contract/api.ts'
import { AssetFinding } from '#shared/model/asset.ts'
import { GeometryKind } from '#shared/model/geometry.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { useSession } from '#renderer/frame/context.tsx'
import { IconButton } from '#renderer/ui/Button.tsx'
import { EmptyState, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { Menu, MenuItem } from '#renderer/ui/Menu.tsx'
import { Popover } from '#renderer/ui/Popover.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { VirtualList } from '#renderer/ui/VirtualList.tsx'
import type { AssetPages } from './assetPages.ts'
import { draftWords } from './draftWords.ts'
import { noFilter, type LabelStore } from './labelState.ts'
import { words } from './words.ts'

interface Props {
  readonly pages: AssetPages
  readonly state: LabelStore
  readonly labels: readonly Label[]
  readonly progress: string
  /** How much is left for me and for all. */
  readonly left: string
  readonly onNextForMe: () => void
  readonly thumbnail: (asset: AssetId) => string
  readonly onOpen: (row: AssetRow) => void
}

/** The items, whatever their number: name, thumbnail, how far I am with each. */
export function AssetList({ pages, state, labels, progress, left, thumbnail, onOpen, onNextForMe }: Props) {
  const { total, rows, failure } = useStore(pages.state)
  const asset = useStore(state, (label) => label.asset)
  const index = useIndex(pages, asset)
  return (
    <div className="items">
      <div className="items__head"><Search state={state} /><FilterButton state={state} labels={labels} /><IconButton label={words.nextForMe} keys="Q" size="small" onClick={onNextForMe}><ListStart /></IconButton><ItemsMenu state={state} /></div>
      {failure !== null ? <EmptyState title={failure} /> : null}
      {total === null && failure === null ? <div className="items__loading"><SkeletonRows label={words.loading} rows={12} height="40px" /></div> : null}
      {total === 0 ? <EmptyState title={words.noMatch} /> : null}
      <VirtualList label={words.items} count={total ?? 0} rowHeight={48} selected={index} onRange={pages.want} rowKey={(at) => rows.get(at)?.id ?? `row ${at}`}
        renderRow={(at) => <Row row={rows.get(at)} thumbnail={thumbnail} />} rowLabel={(at) => rowName(rows.get(at))}
        onSelect={(at) => void pages.row(at).then((row) => row && onOpen(row))} />
      <div className="items__foot q-clip">{index !== null && total !== null ? `${words.place(index, total)} · ` : ''}{progress}{left === '' ? null : <div className="q-clip">{left}</div>}</div>
    </div>
  )
}

const rowName = (row: AssetRow | undefined) =>
  row ? `${row.name}, ${words.status[row.status]}, ${words.count(row.annotations, 'annotation', 'annotations')}` : words.loading

function Row({ row, thumbnail }: { readonly row: AssetRow | undefined; readonly thumbnail: Props['thumbnail'] }) {
  if (!row) return <div className="item" aria-hidden="true" />
  return (
    <div className="item" title={row.name}>
      {row.kind === 'image' ? <img className="item__thumb" src={thumbnail(row.id)} alt="" loading="lazy" decoding="async" fetchPriority="low" /> : <span className="item__thumb"><AudioLines aria-hidden="true" /></span>}
      <span className="item__text">
        <span className="item__name q-clip" dir="auto">{row.name}</span>
        <span className="item__sub q-clip"><Size row={row} />{row.drafts > 0 ? ` · ${words.drafts(row.drafts)}` : ''}</span>
      </span>
      <span className="item__count" data-none={row.annotations === 0 || undefined}>{row.annotations}</span>
      <StatusSign status={row.status} />
    </div>
  )
}

function Size({ row }: { readonly row: AssetRow }) {
  return row.kind === 'image' ? `${row.width} × ${row.height}` : words.seconds(row.duration)
}

const signs = { 'untouched': CircleDashed, 'in-progress': PencilLine, 'submitted': Check }

function StatusSign({ status }: { readonly status: AssetStatus }) {
  const Sign = signs[status]
  return <Sign className="item__status" data-status={status} aria-hidden="true" />
}

/** Where the open item stands in the list. */
function useIndex(pages: AssetPages, asset: AssetId | null): number | null {
  const rows = useStore(pages.state, (state) => state.rows)
  const [index, setIndex] = useState<number | null>(null)
  useEffect(() => {
    let current = true
    if (asset === null) setIndex(null)
    else void pages.indexOf(asset).then((found) => current && setIndex(found), () => undefined)
    return () => { current = false }
  }, [pages, asset, rows])
  return index
}

function Search({ state }: { readonly state: LabelStore }) {
  const filter = useStore(state, (label) => label.filter)
  return (
    <div className="q-grow">
      <TextField label={words.search} hideLabel size="small" type="search" placeholder={words.search} value={filter.text}
        onChange={(text) => state.setState({ filter: { ...state.getState().filter, text } })} />
    </div>
  )
}

/** What can be done with the items of the list. */
function ItemsMenu({ state }: { readonly state: LabelStore }) {
  const session = useSession()
  const show = (one: boolean) => session.show({ kind: 'prelabel', model: null, asset: one ? state.getState().asset : null, filter: state.getState().filter })
  return (
    <Menu align="end" trigger={<IconButton label={words.itemsMenu} size="small"><EllipsisVertical /></IconButton>}>
      <MenuItem keys="Alt+P" onSelect={() => show(false)}>{draftWords.prelabel}…</MenuItem>
      <MenuItem onSelect={() => show(true)}>{draftWords.prelabelThis}…</MenuItem>
    </Menu>
  )
}

function FilterButton({ state, labels }: { readonly state: LabelStore; readonly labels: readonly Label[] }) {
  const filter = useStore(state, (label) => label.filter)
  const active = filter.kind !== null || filter.status !== null || filter.label !== null || filter.geometry !== null || filter.finding !== null
  const put = (part: Partial<typeof filter>) => state.setState({ filter: { ...filter, ...part } })
  const any = { value: '', label: words.any } as const
  return (
    <>
      {active ? <IconButton label={words.clearFilter} size="small" onClick={() => put({ ...noFilter, text: filter.text })}><X /></IconButton> : null}
      <Popover label={words.filter} trigger={<IconButton label={words.filter} size="small" aria-pressed={active}><Filter /></IconButton>}>
        <div className="q-column filters">
          <Select size="small" label={words.filters.status} value={filter.status ?? ''} onChange={(value) => put({ status: value === '' ? null : value })} options={[any, ...AssetStatus.options.map((value) => ({ value, label: words.status[value] }))]} />
          <Select size="small" label={words.filters.kind} value={filter.kind ?? ''} onChange={(value) => put({ kind: value === '' ? null : value })} options={[any, { value: 'image', label: words.media.image }, { value: 'audio', label: words.media.audio }]} />
          <Select size="small" label={words.filters.label} value={filter.label ?? ''} onChange={(value) => put({ label: value === '' ? null : value })} options={[any, ...labels.map(({ id, name }) => ({ value: id, label: name }))]} />
          <Select size="small" label={words.filters.geometry} value={filter.geometry ?? ''} onChange={(value) => put({ geometry: value === '' ? null : value })} options={[any, ...GeometryKind.options.map((value) => ({ value, label: words.kinds[value] }))]} />
          <Select size="small" label={words.filters.finding} value={filter.finding ?? ''} onChange={(value) => put({ finding: value === '' ? null : value })} options={[any, ...AssetFinding.options.map((value) => ({ value, label: value }))]} />
        </div>
      </Popover>
    </>
  )
}
