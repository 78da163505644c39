import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import './panes.css'
import { rowAfter } from './rowAfter.ts'

interface Props {
  readonly label: string
  readonly count: number
  /** Height of a row in CSS pixels. */
  readonly rowHeight: number
  readonly renderRow: (index: number) => ReactNode
  readonly rowKey?: (index: number) => string
  /** The chosen row, or null. It is scrolled into sight when it changes. */
  readonly selected?: number | null
  readonly isSelected?: (index: number) => boolean
  readonly onSelect?: (index: number) => void
  /** Enter or a double click. */
  readonly onOpen?: (index: number) => void
  /** The rows in sight changed (for reading pages): first and last index. */
  readonly onRange?: (first: number, last: number) => void
  /** `list` with items, or `listbox` with options. */
  readonly role?: 'list' | 'listbox'
  readonly rowLabel?: (index: number) => string
}

/**
 * A list of any length that holds only the rows in sight. One tab stop; arrows, Page, Home and End move inside.
 * A listbox has the focus itself and names its active option; in a list, which may not do that, the focus is on the
 * active row, which is kept even when it is scrolled out of sight.
 */
export function VirtualList(props: Props) {
  const { label, count, rowHeight, renderRow, rowKey, selected = null, isSelected, onSelect, onOpen, onRange, role = 'list', rowLabel } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(selected ?? 0)
  const moving = useRef(false)
  const kept = Math.min(active, count - 1)
  const rows = useVirtualizer({
    rangeExtractor: (range: Range) => [...new Set([...defaultRangeExtractor(range), ...(kept < 0 ? [] : [kept])])].sort((a, b) => a - b),
    count, estimateSize: () => rowHeight, overscan: 8, getScrollElement: () => scroller.current, ...(rowKey === undefined ? {} : { getItemKey: rowKey }),
  })
  const items = rows.getVirtualItems()
  const first = rows.range?.startIndex ?? 0
  const last = rows.range?.endIndex ?? 0
  useEffect(() => onRange?.(first, last), [first, last, onRange])
  useEffect(() => rows.measure(), [rowHeight, rows])
  useEffect(() => {
    if (selected === null) return
    setActive(selected)
    rows.scrollToIndex(selected, { align: 'auto' })
  }, [selected, rows])

  useEffect(() => {
    if (moving.current && role === 'list') scroller.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true })
    moving.current = false
  }, [active, role])

  const move = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || !event.target.matches('.q-list, .q-list__row')) return
    if (event.key === 'Enter' && onOpen !== undefined) { event.preventDefault(); return onOpen(active) }
    if (event.key === ' ' && onSelect !== undefined) { event.preventDefault(); return onSelect(active) }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const to = rowAfter(event.key, active, count, page)
    if (to === null) return
    event.preventDefault()
    moving.current = true
    setActive(to)
    rows.scrollToIndex(to, { align: 'auto' })
    onSelect?.(to)
  }
  const shown = items.some((item) => item.index === kept)
  return (
    <div ref={scroller} className="q-list" role={role} aria-label={label} tabIndex={role === 'list' ? -1 : 0} onKeyDown={move} {...(shown && role === 'listbox' ? { 'aria-activedescendant': `${id}-${kept}` } : {})}>
      <div className="q-list__inner" role="presentation" style={{ height: rows.getTotalSize() }}>
        {items.map((item) => {
          const chosen = isSelected?.(item.index) ?? item.index === selected
          return (
            // The list itself takes the keys; a row only answers the pointer.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div key={item.key} id={`${id}-${item.index}`} className="q-list__row" role={role === 'list' ? 'listitem' : 'option'} aria-setsize={count} aria-posinset={item.index + 1}
              {...(role === 'list' ? { 'aria-current': chosen, tabIndex: item.index === kept ? 0 : -1 } : { 'aria-selected': chosen })} {...(rowLabel === undefined ? {} : { 'aria-label': rowLabel(item.index) })}
              data-active={item.index === kept ? '' : undefined} style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              onClick={() => { setActive(item.index); onSelect?.(item.index) }} onDoubleClick={() => onOpen?.(item.index)}>
              {renderRow(item.index)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
