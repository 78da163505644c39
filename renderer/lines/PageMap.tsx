import { useEffect, useLayoutEffect, useRef } from 'react'
import { boundsOf, centreOf } from '#shared/geometry/bounds.ts'
import { frameOf, type Line } from '#renderer/tools/textLine/lines.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { TextLine } from '#shared/model/geometry.ts'
import type { CropSource } from './drawCrop.ts'
import type { Size } from './sizes.ts'
import { words } from './words.ts'

interface Props {
  readonly lines: readonly Line[]
  readonly current: AnnotationId | null
  readonly source: CropSource | null
  readonly item: Size
  readonly room: Size
  readonly onChoose: (id: AnnotationId) => void
}

/** The page, small: which lines are written, in which order they are read, where the hand is. */
export function PageMap({ lines, current, source, item, room, onChoose }: Props) {
  const page = useRef<HTMLCanvasElement>(null)
  const marker = useRef<HTMLCanvasElement>(null)
  const scale = Math.min(room.width / item.width, room.height / item.height)
  const size = { width: Math.max(1, Math.floor(item.width * scale)), height: Math.max(1, Math.floor(item.height * scale)) }
  // What is drawn of a line: its geometry, whether it has text, its block. Most typing changes none of it.
  const drawn = useRef<Drawn>(nothing)

  useEffect(() => {
    // Thousands of outlines take longer than a key may: they wait until the hand rests.
    const timer = setTimeout(() => {
      const wanted = drawnOf(lines, source, scale)
      if (!page.current || size.width <= 1 || isSame(wanted, drawn.current)) return
      drawn.current = wanted
      drawPage(page.current, size, scale, lines, source)
    }, drawn.current.length === 0 ? 0 : restMs)
    return () => clearTimeout(timer)
  })
  useLayoutEffect(() => {
    const line = lines.find(({ id }) => id === current)
    if (marker.current) drawMarker(marker.current, size, scale, line?.geometry ?? null)
  })

  const choose = (event: React.PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    const x = (event.clientX - left) / scale, y = (event.clientY - top) / scale
    const hit = lines.find(({ geometry }) => { const b = boundsOf(geometry.outline)!; return x >= b.minX && x <= b.maxX && y >= b.minY && y <= b.maxY })
    if (hit) onChoose(hit.id)
  }
  return (
    <div className="lines__map" style={{ width: size.width, height: size.height }} role="img" aria-label={words.page} onPointerDown={choose}>
      <canvas ref={page} /><canvas ref={marker} />
    </div>
  )
}

const restMs = 150
type Drawn = readonly unknown[]
const nothing: Drawn = []
const drawnOf = (lines: readonly Line[], source: CropSource | null, scale: number): Drawn =>
  [scale, source?.image, ...lines.flatMap(({ geometry, text, group, flags }) => [geometry, text !== null || flags.includes('illegible'), group])]
const isSame = (a: Drawn, b: Drawn): boolean => a.length === b.length && a.every((value, index) => value === b[index])

function prepare(canvas: HTMLCanvasElement, size: Size): CanvasRenderingContext2D {
  const ratio = devicePixelRatio
  canvas.width = Math.round(size.width * ratio)
  canvas.height = Math.round(size.height * ratio)
  const context = canvas.getContext('2d')!
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  return context
}

const token = (canvas: HTMLElement, name: string) => getComputedStyle(canvas).getPropertyValue(name).trim()

function outline(context: CanvasRenderingContext2D, line: Line, scale: number): void {
  const [a, b, c, d] = frameOf(line).quad
  context.moveTo(a.x * scale, a.y * scale)
  for (const { x, y } of [b, c, d]) context.lineTo(x * scale, y * scale)
  context.closePath()
}

function drawPage(canvas: HTMLCanvasElement, size: Size, scale: number, lines: readonly Line[], source: CropSource | null): void {
  const context = prepare(canvas, size)
  context.imageSmoothingQuality = 'high'
  if (source) context.drawImage(source.image, 0, 0, size.width, size.height)
  const accent = token(canvas, '--accent')
  for (const [written, alpha] of [[true, 0.32], [false, 0.1]] as const) {
    context.beginPath()
    for (const line of lines) if ((line.text !== null || line.flags.includes('illegible')) === written) outline(context, line, scale)
    context.globalAlpha = alpha
    context.fillStyle = accent
    context.fill()
    context.globalAlpha = 0.7
    context.lineWidth = 0.75
    context.strokeStyle = accent
    context.stroke()
  }
  drawPath(context, lines, scale, accent)
}

/** From where one line begins to where the next one does; dashed where a block ends. */
function drawPath(context: CanvasRenderingContext2D, lines: readonly Line[], scale: number, color: string): void {
  context.globalAlpha = 0.9
  context.lineWidth = 1.25
  context.strokeStyle = color
  const middles = lines.map(({ geometry }) => { const { x, y } = centreOf(boundsOf(geometry.outline)!); return { x: x * scale, y: y * scale } })
  for (const dashed of [false, true]) {
    context.beginPath()
    context.setLineDash(dashed ? [3, 3] : [])
    lines.forEach((line, index) => {
      const next = lines[index + 1]
      if (!next || (next.group !== line.group) !== dashed) return
      context.moveTo(middles[index]!.x, middles[index]!.y)
      context.lineTo(middles[index + 1]!.x, middles[index + 1]!.y)
    })
    context.stroke()
  }
  context.setLineDash([])
  context.globalAlpha = 1
}

function drawMarker(canvas: HTMLCanvasElement, size: Size, scale: number, geometry: TextLine | null): void {
  const context = prepare(canvas, size)
  if (!geometry) return
  const { minX, minY, maxX, maxY } = boundsOf(geometry.outline)!
  context.lineWidth = 2
  context.strokeStyle = token(canvas, '--attention')
  context.strokeRect(minX * scale - 2, minY * scale - 2, (maxX - minX) * scale + 4, (maxY - minY) * scale + 4)
}
