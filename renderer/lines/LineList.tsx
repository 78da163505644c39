import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Line } from '#renderer/tools/textLine/lines.ts'
import { words } from './words.ts'

interface Props {
  readonly lines: readonly Line[]
  readonly current: number
  readonly onChoose: (id: AnnotationId) => void
  readonly onMove: (from: number, to: number) => void
}

const rowHeight = 24

/** The lines in reading order; a row is dragged to another place, Alt with the arrows does the same from the keyboard. */
export function LineList({ lines, current, onChoose, onMove }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const [dragged, setDragged] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const rows = useVirtualizer({ count: lines.length, estimateSize: () => rowHeight, overscan: 6, getScrollElement: () => scroller.current, getItemKey: (index) => lines[index]?.id ?? index })
  useEffect(() => { if (current >= 0) rows.scrollToIndex(current, { align: 'auto' }) }, [current, rows])
  const drop = () => {
    if (dragged !== null && over !== null && dragged !== over) onMove(dragged, over)
    setDragged(null)
    setOver(null)
  }
  return (
    <div ref={scroller} className="lines__list" role="list" aria-label={words.lines} title={words.moveHint}>
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index]!
          const begins = index > 0 && lines[index - 1]!.group !== line.group
          return (
            // The mode itself takes the keys; a row only answers the pointer.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
            <div key={key} role="listitem" className="lines__row" aria-current={index === current} aria-setsize={lines.length} aria-posinset={index + 1} draggable data-begins={begins || undefined}
              data-over={over === index && dragged !== index ? (dragged !== null && dragged < index ? 'below' : 'above') : undefined} style={{ transform: `translateY(${start}px)`, height: rowHeight }}
              onClick={() => onChoose(line.id)} onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; setDragged(index) }}
              onDragOver={(event) => { event.preventDefault(); setOver(index) }} onDrop={(event) => { event.preventDefault(); drop() }} onDragEnd={drop}>
              <span className="lines__number">{index + 1}</span>
              <span className="q-clip" dir="auto" data-empty={line.text === null || undefined} data-draft={line.draft || undefined}>{line.text ?? (line.flags.includes('illegible') ? words.marks.illegible : words.empty)}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
