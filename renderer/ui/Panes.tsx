import { useState, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import './panes.css'

interface Props {
  readonly side: 'start' | 'end'
  /** The name of the pane; the divider is called after it. */
  readonly label: string
  /** Width in CSS pixels. */
  readonly initial: number
  readonly min: number
  readonly max: number
  readonly collapsed?: boolean
  /** Where the width is remembered on this machine. */
  readonly storageKey: string
  readonly children: ReactNode
}

function remembered(key: string, fallback: number): number {
  const value = Number(localStorage.getItem(key))
  return Number.isFinite(value) && value > 0 ? value : fallback
}

/** A pane at the side whose width a pointer or the arrow keys change. */
export function SidePane({ side, label, initial, min, max, collapsed = false, storageKey, children }: Props) {
  const [width, setWidth] = useState(() => Math.min(max, Math.max(min, remembered(storageKey, initial))))
  const put = (next: number) => {
    const kept = Math.round(Math.min(max, Math.max(min, next)))
    setWidth(kept)
    localStorage.setItem(storageKey, String(kept))
  }
  const sign = side === 'start' ? 1 : -1
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const from = event.clientX
    const direction = sign * (getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1)
    const target: HTMLElement = event.currentTarget
    target.setPointerCapture(event.pointerId)
    const dragging = new AbortController()
    target.addEventListener('pointermove', (move) => put(width + direction * (move.clientX - from)), dragging)
    target.addEventListener('lostpointercapture', () => dragging.abort(), dragging)
  }
  const key = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16, Home: min - width, End: max - width }[event.key]
    if (step === undefined) return
    event.preventDefault()
    put(width + (event.key.startsWith('Arrow') ? sign * step : step))
  }
  if (collapsed) return null
  const divider = (
    <div className="q-divider" role="separator" tabIndex={0} aria-orientation="vertical" aria-label={label} aria-valuenow={width} aria-valuemin={min} aria-valuemax={max}
      onPointerDown={drag} onKeyDown={key} onDoubleClick={() => put(initial)} />
  )
  const pane = <div className="q-pane" style={{ '--pane': `${width}px` } as CSSProperties}>{children}</div>
  return side === 'start' ? <>{pane}{divider}</> : <>{divider}{pane}</>
}
