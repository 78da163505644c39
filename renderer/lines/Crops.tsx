import { useEffect, useLayoutEffect, useRef } from 'react'
import { frameOf, type Line } from '#renderer/tools/textLine/lines.ts'
import { drawCrop, type CropSource } from './drawCrop.ts'

interface Props {
  /** The element whose places (`data-crop` = a line's id) are filled. */
  readonly stage: HTMLElement | null
  readonly lines: readonly Line[]
  readonly source: CropSource | null
  readonly filter: string
}

const dimmed = 0.5

/** One canvas behind the places of all crops in sight. Drawn when lines, places or the picture change, never while a person types. */
export function Crops({ stage, lines, source, filter }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const newest = useRef(() => {})
  useLayoutEffect(() => {
    newest.current = () => { if (stage && canvas.current) draw(stage, canvas.current, lines, source, filter) }
    newest.current()
  })
  useEffect(() => {
    // The field grows when its text wraps, and what stands behind it moves.
    const observer = new ResizeObserver(() => newest.current())
    if (stage) for (const node of [stage, ...stage.children]) observer.observe(node)
    return () => observer.disconnect()
  })
  return <canvas ref={canvas} className="lines__crops" aria-hidden="true" />
}

function draw(stage: HTMLElement, canvas: HTMLCanvasElement, lines: readonly Line[], source: CropSource | null, filter: string): void {
  const { clientWidth: width, clientHeight: height } = stage
  const ratio = devicePixelRatio
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
  }
  const context = canvas.getContext('2d')!
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  if (!source) return
  const origin = stage.getBoundingClientRect()
  const byId = new Map(lines.map((line) => [line.id as string, line]))
  context.filter = filter
  for (const place of stage.querySelectorAll<HTMLElement>('[data-crop]')) {
    const line = byId.get(place.dataset['crop'] ?? '')
    if (!line) continue
    const { left, top, width: wide, height: high } = place.getBoundingClientRect()
    context.globalAlpha = place.dataset['current'] === undefined ? dimmed : 1
    drawCrop(context, source, frameOf(line), { x: left - origin.left, y: top - origin.top, width: wide, height: high })
  }
  context.globalAlpha = 1
}
