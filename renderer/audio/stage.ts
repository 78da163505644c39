import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import type { AnnotationId, LabelId, TierId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { Edit } from '#renderer/tools/edited.ts'
import { levelFor, loudness } from './envelope.ts'
import { heightOf, layoutOf, rowAt, rulerHeight, type Layout, type TierRow } from './layout.ts'
import { paintOverSound, paintRuler, paintTiers, paintWave } from './paint.ts'
import type { SoundPreferences } from './preferences.ts'
import type { Room, Span } from './segmentEdits.ts'
import { idle, step, type AudioTool, type SegmentEvent, type SegmentHit, type SegmentResult, type SegmentState } from './segmentTool.ts'
import { at, within, type SegmentIndex } from './segments.ts'
import { silenceEdges, snapped } from './snap.ts'
import type { SoundSource } from './source.ts'
import { createSpectrogram } from './spectrogramImages.ts'
import { readSoundTheme, type SoundTheme } from './theme.ts'
import { createTiles } from './tiles.ts'
import { endOf, following, frameAt, resized, revealing, scrolled, settled, showing, whole, xOf, zoomed, type TimeView } from './timeView.ts'

/** What the stage draws and works on, as it is now. */
export interface StageInputs {
  readonly tiers: readonly Tier[]
  readonly rows: readonly TierRow[]
  readonly index: SegmentIndex
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly me: Layer
  readonly selection: readonly AnnotationId[]
  readonly activeTier: TierId | null
  readonly tool: AudioTool
  readonly range: Span | null
  readonly preferences: SoundPreferences
  readonly editable: (annotation: Annotation) => boolean
  readonly create: (geometry: Annotation['geometry']) => Annotation
}

/** What a hand on the stage asks for. */
export interface StageOutputs {
  readonly onCommit: (edit: Edit, durationMs: number) => void
  readonly onSelect: (ids: readonly AnnotationId[]) => void
  readonly onSeek: (frame: number) => void
  readonly onRange: (range: Span | null) => void
  readonly onTier: (tier: TierId) => void
  readonly onHint: (hint: SegmentResult['hint'] | null) => void
  readonly onView: (view: TimeView, layout: Layout, scroll: number) => void
}

export interface Stage {
  update(inputs: StageInputs): void
  view(): TimeView
  zoomBy(factor: number): void
  fit(): void
  show(from: number, to: number): void
  reveal(from: number, to: number): void
  scrollTo(start: number): void
  /** The playhead went there; `follow` turns the page. */
  playhead(frame: number, follow: boolean): void
  cancel(): boolean
  close(): void
}

interface Elements { readonly canvas: HTMLCanvasElement; readonly minimap: HTMLCanvasElement; readonly playhead: HTMLElement; readonly miniPlayhead: HTMLElement }

const boundaryReach = 5
const snapReach = 8

/** The drawing of one sound: waveform over spectrogram over tiers, and the hand on it. */
export function createStage(elements: Elements, source: SoundSource, first: StageInputs, out: StageOutputs): Stage {
  const { canvas, minimap, playhead, miniPlayhead } = elements
  let inputs = first
  let view = whole(source.frames, Math.max(1, canvas.clientWidth))
  let gesture: SegmentState = idle
  let begun = 0
  let scroll = 0
  let frame = 0
  let dirty = false
  let open = true
  let theme: SoundTheme | null = null
  const tiles = createTiles(source, () => invalidate())
  const spectrogram = createSpectrogram(tiles, source.rate, () => invalidate())

  const layout = () => layoutOf(canvas.clientHeight, heightOf(inputs.rows), inputs.preferences.spectrogram)
  const activeRow = () => inputs.rows.find(({ tier, mine }) => mine && tier.id === inputs.activeTier) ?? null

  function invalidate(): void {
    if (dirty || !open) return
    dirty = true
    requestAnimationFrame(() => {
      dirty = false
      if (open) draw()
    })
  }

  function sized(element: HTMLCanvasElement): CanvasRenderingContext2D {
    const ratio = devicePixelRatio
    const [width, height] = [Math.round(element.clientWidth * ratio), Math.round(element.clientHeight * ratio)]
    if (element.width !== width || element.height !== height) {
      element.width = width
      element.height = height
    }
    const context = element.getContext('2d', { alpha: false })!
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    return context
  }

  function draw(): void {
    if (canvas.clientWidth === 0) return
    theme ??= readSoundTheme(canvas)
    const context = sized(canvas)
    const parts = layout()
    scroll = Math.max(0, Math.min(heightOf(inputs.rows) - parts.tiers.height, scroll))
    context.fillStyle = theme.surface
    context.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight)
    const separate = inputs.preferences.channels === 'separate' ? Math.min(8, source.channels) : 1
    for (let channel = 0; channel < separate; channel++) {
      const height = parts.wave.height / separate
      paintWave(context, tiles, source, view, separate === 1 && source.channels > 1 ? null : channel, parts.wave.top + channel * height, height, theme, inputs.preferences.gain)
    }
    if (parts.spectrogram.height > 8) spectrogram.paint(context, view, parts.spectrogram.top, parts.spectrogram.height, inputs.preferences, theme.scheme, devicePixelRatio)
    const picture = { index: inputs.index, rows: inputs.rows, scroll, gesture, selection: new Set(inputs.selection), labels: inputs.labels, activeRow: activeRow(), range: inputs.range }
    paintOverSound(context, view, picture, parts, theme)
    context.fillStyle = theme.line
    for (const top of [parts.spectrogram.top, parts.tiers.top]) context.fillRect(0, top, view.width, 1)
    paintTiers(context, view, picture, parts, theme)
    paintRuler(context, view, source.rate, theme)
    placePlayhead()
    drawMinimap(theme)
    canvas.dataset['ready'] = 'true'
    out.onView(view, parts, scroll)
  }

  function drawMinimap(theme: SoundTheme): void {
    const width = minimap.clientWidth
    if (width === 0) return
    const context = sized(minimap)
    const all = whole(source.frames, width)
    context.fillStyle = theme.sunken
    context.fillRect(0, 0, width, minimap.clientHeight)
    paintWave(context, tiles, source, all, null, 0, minimap.clientHeight, { ...theme, accent: theme.muted })
    context.globalAlpha = 0.18
    context.fillStyle = theme.accent
    context.fillRect(xOf(all, view.start), 0, Math.max(2, (endOf(view) - view.start) / all.perPixel), minimap.clientHeight)
    context.globalAlpha = 1
  }

  function placePlayhead(): void {
    const x = xOf(view, frame)
    playhead.style.transform = `translateX(${x}px)`
    playhead.hidden = x < -1 || x > view.width + 1
    miniPlayhead.style.transform = `translateX(${(frame / source.frames) * minimap.clientWidth}px)`
  }

  function look(next: TimeView): void {
    view = next
    invalidate()
  }

  /** The part of the stage and the row at a place. */
  function placeOf(x: number, y: number): { readonly part: 'ruler' | 'sound' | 'tiers'; readonly row: TierRow | null } {
    const parts = layout()
    if (y < rulerHeight) return { part: 'ruler', row: null }
    if (y < parts.tiers.top || x < 0) return { part: 'sound', row: null }
    return { part: 'tiers', row: rowAt(inputs.rows, y - parts.tiers.top, scroll) }
  }

  function hitAt(x: number, y: number): SegmentHit | null {
    const { part, row } = placeOf(x, y)
    const inRow = part === 'sound' ? activeRow() : row
    if (inRow === null) return null
    const here = frameAt(view, x)
    const reach = boundaryReach * view.perPixel
    const near = within(inputs.index.row(inRow.tier.id, inRow.layer), here - reach, here + reach)
    let best: SegmentHit | null = null
    let least = reach
    for (const { annotation, start, end } of near) {
      for (const [side, frame] of [['start', start], ['end', end]] as const) {
        // Inside a short segment the ends leave its middle alone.
        const distance = Math.abs(frame - here)
        const inside = here > start && here < end
        if (distance > least || (inside && distance > (end - start) / 3)) continue
        // Where two touch, the hand takes the one it is in.
        if (best && distance === least && !inside) continue
        least = distance
        best = { kind: 'boundary', id: annotation.id, side }
      }
    }
    if (best || part === 'sound') return best
    const body = at(inputs.index.row(inRow.tier.id, inRow.layer), here)
    return body && { kind: 'body', id: body.annotation.id }
  }

  function room(tierId: TierId, around: number, layer: Layer | null): Room | null {
    const tier = inputs.tiers.find(({ id }) => id === tierId)
    if (!tier) return null
    const own = layer ?? inputs.me
    const bound = tier.parent !== null && (tier.constraint === 'time-subdivision' || tier.constraint === 'included-in')
    const parent = bound ? at(inputs.index.row(tier.parent!, own), around) : null
    if (bound && !parent) return null
    return { tier: tier.constraint === 'time-subdivision' ? { ...tier, overlap: false } : tier, row: inputs.index.row(tierId, own), from: parent?.start ?? 0, to: parent?.end ?? source.frames, rate: source.rate }
  }

  function snap(wanted: number, except: AnnotationId | null): number {
    if (!inputs.preferences.snap) return wanted
    const reach = snapReach * view.perPixel
    const boundaries = new Set<number>([0, source.frames])
    for (const { tier, layer } of inputs.rows) for (const { annotation, start, end } of within(inputs.index.row(tier.id, layer), wanted - reach, wanted + reach)) {
      if (annotation.id !== except) boundaries.add(start).add(end)
    }
    // Silences are looked for a second around, in buckets no longer than a pixel.
    const span = Math.max(source.rate, reach * 2)
    const quiet = loudness(tiles, source, Math.max(0, levelFor(view.perPixel)), wanted - span, wanted + span)
    const silences = silenceEdges(quiet.rms, 256 * 4 ** Math.max(0, levelFor(view.perPixel)), source.rate, quiet.from)
    return snapped(wanted, { silences, boundaries: [...boundaries].sort((a, b) => a - b), playhead: frame }, reach)
  }

  function send(event: SegmentEvent): void {
    const result = step(gesture, event, {
      tool: inputs.tool, activeTier: inputs.activeTier, rate: source.rate, slop: 3 * view.perPixel, selection: inputs.selection, editable: inputs.editable, create: inputs.create,
      segment: (id) => inputs.index.byId.get(id), room, snap,
    })
    gesture = result.state
    if (result.commit) out.onCommit(result.commit, performance.now() - begun)
    if (result.select) out.onSelect(result.select)
    if (result.range !== undefined) out.onRange(result.range)
    if (result.seek !== undefined) out.onSeek(result.seek)
    out.onHint(result.hint ?? null)
    invalidate()
  }

  const placeIn = (event: { clientX: number; clientY: number }) => {
    const box = canvas.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  let scrubbing = false

  function down(event: PointerEvent): void {
    if (event.button !== 0) return
    const { x, y } = placeIn(event)
    const { part, row } = placeOf(x, y)
    canvas.setPointerCapture(event.pointerId)
    begun = performance.now()
    if (part === 'ruler') {
      scrubbing = true
      out.onSeek(frameAt(view, x))
      return
    }
    if (row?.mine) out.onTier(row.tier.id)
    send({ type: 'pointer-down', frame: frameAt(view, x), tier: row?.mine ? row.tier.id : null, hit: hitAt(x, y), shift: event.shiftKey, free: event.altKey })
  }
  function move(event: PointerEvent): void {
    const { x, y } = placeIn(event)
    if (scrubbing) return out.onSeek(frameAt(view, x))
    if (gesture.name === 'idle') {
      canvas.style.cursor = cursorAt(x, y)
      return
    }
    if (gesture.name !== 'pressed' && (x < 0 || x > view.width)) view = scrolled(view, x < 0 ? x / 4 : (x - view.width) / 4)
    send({ type: 'pointer-move', frame: frameAt(view, x), free: event.altKey })
  }
  function up(event: PointerEvent): void {
    if (scrubbing) {
      scrubbing = false
      return
    }
    if (gesture.name !== 'idle') send({ type: 'pointer-up', frame: frameAt(view, placeIn(event).x), free: event.altKey })
  }
  function cursorAt(x: number, y: number): string {
    if (y < rulerHeight) return 'default'
    const hit = hitAt(x, y)
    if (hit?.kind === 'boundary') return 'ew-resize'
    if (hit) return inputs.tool === 'segment' ? 'text' : 'default'
    return inputs.tool === 'segment' ? 'crosshair' : 'text'
  }
  function wheel(event: WheelEvent): void {
    event.preventDefault()
    const { x, y } = placeIn(event)
    const overTiers = placeOf(x, y).part === 'tiers' && heightOf(inputs.rows) > layout().tiers.height
    const unit = event.deltaMode === 1 ? 16 : 1
    if (event.ctrlKey || event.metaKey) return look(zoomed(view, Math.exp((-event.deltaY * unit) / 200), x))
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return look(scrolled(view, (event.deltaX || event.deltaY) * unit))
    if (overTiers) {
      scroll += event.deltaY * unit
      return invalidate()
    }
    look(zoomed(view, Math.exp((-event.deltaY * unit) / 400), x))
  }

  const jumpTo = (event: PointerEvent) => {
    const box = minimap.getBoundingClientRect()
    const wanted = Math.max(0, Math.min(source.frames, ((event.clientX - box.left) / box.width) * source.frames))
    out.onSeek(Math.round(wanted))
    look(settled({ ...view, start: wanted - (view.width * view.perPixel) / 2 }))
  }
  const miniMove = (event: PointerEvent) => { if (event.buttons & 1) jumpTo(event) }
  const miniDown = (event: PointerEvent) => {
    minimap.setPointerCapture(event.pointerId)
    jumpTo(event)
  }

  canvas.addEventListener('pointerdown', down)
  canvas.addEventListener('pointermove', move)
  canvas.addEventListener('pointerup', up)
  canvas.addEventListener('wheel', wheel, { passive: false })
  minimap.addEventListener('pointerdown', miniDown)
  minimap.addEventListener('pointermove', miniMove)
  const resizes = new ResizeObserver(() => {
    view = resized(view, Math.max(1, canvas.clientWidth))
    invalidate()
  })
  resizes.observe(canvas)
  const themes = new MutationObserver(() => {
    theme = null
    invalidate()
  })
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  invalidate()

  return {
    update(next) {
      inputs = next
      invalidate()
    },
    view: () => view,
    zoomBy: (factor) => look(zoomed(view, factor, frame >= view.start && frame <= endOf(view) ? xOf(view, frame) : view.width / 2)),
    fit: () => look(whole(source.frames, view.width)),
    show: (from, to) => look(showing(view, from, to)),
    reveal: (from, to) => look(revealing(view, from, to)),
    scrollTo: (start) => look(settled({ ...view, start })),
    playhead(at, follow) {
      frame = at
      const next = follow ? following(view, at) : view
      if (next === view) placePlayhead()
      else look(next)
    },
    cancel() {
      if (gesture.name === 'idle') return false
      send({ type: 'cancel' })
      return true
    },
    close() {
      open = false
      resizes.disconnect()
      themes.disconnect()
      tiles.close()
      canvas.removeEventListener('pointerdown', down)
      canvas.removeEventListener('pointermove', move)
      canvas.removeEventListener('pointerup', up)
      canvas.removeEventListener('wheel', wheel)
      minimap.removeEventListener('pointerdown', miniDown)
      minimap.removeEventListener('pointermove', miniMove)
    },
  }
}
