/// <reference types="vite/client" />
import Konva from 'konva'
import { createRef } from 'react'
import { createRoot } from 'react-dom/client'
import { flushSync } from 'react-dom'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { AnnotationId, AssetId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { Canvas } from '#renderer/canvas/Canvas.tsx'
import type { CanvasHandle, CanvasProps } from '#renderer/canvas/props.ts'

const width = 2560
const height = 1600
const colors = ['#1795fa', '#f52311', '#c1ac15', '#43fee2', '#87119e', '#f996a6']
const labelId = (index: number) => `label:${index}` as LabelId
const me = 'Ada' as Author

/** Seeded (mulberry32), so that each run draws the same. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function makePolygons(count: number, vertices: number): Annotation[] {
  const next = random(7)
  return Array.from({ length: count }, (_, i) => {
    const cx = next() * width
    const cy = next() * height
    const radius = 12 + next() * 36
    const ring = Array.from({ length: vertices }, (_, v) => {
      const angle = (v / vertices) * 2 * Math.PI
      const reach = radius * (0.7 + next() * 0.3)
      return [cx + Math.cos(angle) * reach, cy + Math.sin(angle) * reach]
    }).flat()
    return {
      type: 'annotation', id: `annotation:${i}` as AnnotationId, asset: 'asset:bench' as AssetId, layer: 'Ada' as Layer, author: me, label: labelId(i % colors.length),
      geometry: { kind: 'polygon', parts: [[ring]] }, attributes: {}, text: null, direction: 'auto', language: null, group: null, order: i, flags: [], draft: false,
      provenance: { by: 'human', origin: null },
    } satisfies Annotation
  })
}

const labels = new Map(colors.map((color, order): [LabelId, Label] => [labelId(order), {
  type: 'label', id: labelId(order), name: `Label ${order}`, color, glyph: 'circle', hotkey: null, order, kinds: [], attributes: [], parent: null, externalId: null, keypoints: null,
}]))

function makePicture(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')!
  const gradient = context.createLinearGradient(0, 0, width, height)
  gradient.addColorStop(0, '#35506b')
  gradient.addColorStop(1, '#c9b48a')
  context.fillStyle = gradient
  context.fillRect(0, 0, width, height)
  return canvas
}

/** One frame a step, each begun when the one before was shown; milliseconds a frame. */
async function frames(count: number, step: (index: number) => void): Promise<number[]> {
  const times: number[] = []
  let last = await nextFrame()
  for (let i = 0; i < count; i += 1) {
    step(i)
    const now = await nextFrame()
    times.push(now - last)
    last = now
  }
  return times
}
const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())))
/** There and back, 8 CSS pixels a frame and 200 each way. */
const sway = (index: number) => (Math.floor(index / 25) % 2 === 0 ? 8 : -8)

function host(): HTMLDivElement {
  const element = document.createElement('div')
  element.style.cssText = 'position:absolute;inset:0;width:1280px;height:800px'
  document.body.replaceChildren(element)
  return element
}

interface Contender {
  readonly pan: (index: number) => void
  readonly zoom: (index: number) => void
  readonly drag: (index: number) => void
  readonly close: () => void
}

async function ours(annotations: readonly Annotation[], picture: HTMLCanvasElement): Promise<Contender> {
  const element = host()
  const root = createRoot(element)
  const handle = createRef<CanvasHandle>()
  const props: CanvasProps = {
    asset: 'asset:bench' as AssetId, picture, width, height, annotations, labels, me: 'Ada' as Layer, selection: ['annotation:0' as AnnotationId], visible: () => true, editable: () => true,
    label: null, create: () => annotations[0]!, tool: 'select', onCommit: () => {}, onSelect: () => {},
  }
  flushSync(() => root.render(<Canvas ref={handle} {...props} />))
  const canvas = element.querySelector<HTMLElement>('[role=application]')!
  while (canvas.dataset['ready'] !== 'true') await nextFrame()
  handle.current!.setView({ scale: 0.5, offsetX: 0, offsetY: 0 })
  await settled()
  const [x, y] = firstVertex(annotations[0]!).map((length) => length / 2) as [number, number]
  let dragging = false
  return {
    pan: (index) => handle.current!.panBy(sway(index), 0),
    zoom: (index) => handle.current!.zoomBy(index % 20 < 10 ? 1.05 : 1 / 1.05),
    drag: (index) => {
      if (index === 0) handle.current!.setView({ scale: 0.5, offsetX: 0, offsetY: 0 })
      if (!dragging) canvas.dispatchEvent(pointer('pointerdown', x, y))
      dragging = true
      if (index === 1 && canvas.style.cursor === '') throw new Error('the drag did not begin')
      canvas.dispatchEvent(pointer('pointermove', x + sway(index) * (index % 25), y))
    },
    close: () => root.unmount(),
  }
}

const firstVertex = ({ geometry }: Annotation) => (geometry.kind === 'polygon' ? geometry.parts[0]![0]!.slice(0, 2) : [0, 0])
const settled = () => new Promise((resolve) => setTimeout(resolve, 1500))
function pointer(type: string, clientX: number, clientY: number): PointerEvent {
  return new PointerEvent(type, { clientX, clientY, pointerId: 1, isPrimary: true, button: 0, buttons: 1, bubbles: true })
}

/** What one would write first: a picture and one Konva.Line a polygon, in a layer that is dragged. */
async function naive(annotations: readonly Annotation[], picture: HTMLCanvasElement): Promise<Contender> {
  const stage = new Konva.Stage({ container: host(), width: 1280, height: 800 })
  const base = new Konva.Layer({ listening: false })
  const layer = new Konva.Layer({ listening: false })
  base.add(new Konva.Image({ image: picture }))
  const lines = annotations.map((annotation) => new Konva.Line({
    points: annotation.geometry.kind === 'polygon' ? annotation.geometry.parts[0]![0]! : [], closed: true, stroke: colors[Number(annotation.label!.slice(6))]!, strokeWidth: 1.75, strokeScaleEnabled: false,
    fill: `${colors[Number(annotation.label!.slice(6))]!}1f`, listening: false, perfectDrawEnabled: false,
  }))
  layer.add(...lines)
  stage.add(base, layer)
  stage.scale({ x: 0.5, y: 0.5 })
  await settled()
  return {
    pan: (index) => stage.x(stage.x() + sway(index)),
    zoom: (index) => stage.scale({ x: stage.scaleX() * (index % 20 < 10 ? 1.05 : 1 / 1.05), y: stage.scaleY() * (index % 20 < 10 ? 1.05 : 1 / 1.05) }),
    drag: (index) => {
      const line = lines[0]!
      line.points([800 + sway(index) * (index % 25) * 2, 800, ...line.points().slice(2)])
    },
    close: () => stage.destroy(),
  }
}

export type Timings = Record<'pan' | 'zoom' | 'drag', number[]>
const makers = { ours, naive }
const picture = makePicture()

async function round(contender: keyof typeof makers, shapes: number, count: number): Promise<Timings> {
  const { pan, zoom, drag, close } = await makers[contender](makePolygons(shapes, 20), picture)
  const result = { pan: await frames(count, pan), zoom: await frames(count, zoom), drag: await frames(count, drag) }
  close()
  return result
}

/** Milliseconds of the longest frame after a zoom step, while the shapes are painted crisp again. */
async function settle(shapes: number): Promise<number> {
  const { zoom, close } = await ours(makePolygons(shapes, 20), picture)
  const times: number[] = []
  const until = performance.now() + 800
  zoom(0)
  while (performance.now() < until) times.push(...await frames(1, () => {}))
  close()
  return Math.max(...times)
}

declare global {
  interface Window { canvasBench: { round: typeof round; settle: typeof settle } }
}
window.canvasBench = { round, settle }
