import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { glyphPath } from '#renderer/ui/glyph.ts'
import { envelope, type Envelope } from './envelope.ts'
import { rulerHeight, type Layout, type TierRow } from './layout.ts'
import { rulerMarks } from './ruler.ts'
import type { Span } from './segmentEdits.ts'
import type { SegmentState } from './segmentTool.ts'
import { within, type SegmentIndex, type Timed } from './segments.ts'
import { sampleTileFrames, type SoundFacts } from './source.ts'
import type { SoundTheme } from './theme.ts'
import type { Tiles } from './tiles.ts'
import { endOf, xOf, type TimeView } from './timeView.ts'

type Context = CanvasRenderingContext2D
const full = 32_768

export function paintRuler(context: Context, view: TimeView, rate: number, theme: SoundTheme): void {
  context.fillStyle = theme.surface
  context.fillRect(0, 0, view.width, rulerHeight)
  context.font = `11px ${theme.font}`
  context.textBaseline = 'top'
  for (const { x, label } of rulerMarks(view, rate)) {
    context.fillStyle = theme.line
    context.fillRect(Math.round(x), label === null ? rulerHeight - 5 : rulerHeight - 9, 1, 9)
    if (label === null) continue
    context.fillStyle = theme.muted
    context.fillText(label, Math.round(x) + 4, 4)
  }
  context.fillStyle = theme.line
  context.fillRect(0, rulerHeight - 1, view.width, 1)
}

/** One channel (or the mix) in a rectangle: extremes pale, RMS strong; single samples when they stand apart. */
export function paintWave(context: Context, tiles: Tiles, facts: SoundFacts, view: TimeView, channel: number | null, top: number, height: number, theme: SoundTheme, gain = 1): void {
  const middle = top + height / 2
  context.fillStyle = theme.line
  context.fillRect(0, Math.round(middle), view.width, 1)
  if (view.perPixel < 1) return paintSamples(context, tiles, facts, view, channel ?? 0, middle, (height / 2 - 2) * gain, theme)
  const columns = envelope(tiles, facts, view, channel)
  const half = height / 2 - 2
  const scale = (half / full) * gain
  const fit = (value: number) => Math.max(-half, Math.min(half, value * scale))
  context.fillStyle = theme.accent
  context.globalAlpha = 0.45
  paintColumns(context, columns, middle, (x) => [fit(columns.max[x]!), fit(columns.min[x]!)])
  context.globalAlpha = 0.85
  paintColumns(context, columns, middle, (x) => [fit(Math.min(columns.rms[x]!, columns.max[x]!)), fit(Math.max(-columns.rms[x]!, columns.min[x]!))])
  context.globalAlpha = 1
}

function paintColumns(context: Context, { known }: Envelope, middle: number, of: (x: number) => readonly [high: number, low: number]): void {
  for (let x = 0; x < known.length; x++) {
    if (!known[x]) continue
    const [high, low] = of(x)
    context.fillRect(x, middle - high, 1, Math.max(0.5, high - low))
  }
}

function paintSamples(context: Context, tiles: Tiles, { channels, frames }: SoundFacts, view: TimeView, channel: number, middle: number, half: number, theme: SoundTheme): void {
  context.strokeStyle = theme.accent
  context.fillStyle = theme.accent
  context.beginPath()
  const last = Math.min(frames - 1, Math.ceil(endOf(view)))
  const dots: [number, number][] = []
  for (let frame = Math.max(0, Math.floor(view.start)); frame <= last; frame++) {
    const tile = Math.floor(frame / sampleTileFrames)
    const buffer = tiles.get('samples', '0', tile)
    if (!buffer) continue
    const y = middle - (new Int16Array(buffer)[(frame - tile * sampleTileFrames) * channels + channel]! / full) * half
    context.lineTo(xOf(view, frame), y)
    dots.push([xOf(view, frame), y])
  }
  context.stroke()
  if (view.perPixel < 0.25) for (const [x, y] of dots) context.fillRect(x - 2, y - 2, 4, 4)
}

export interface SegmentPicture {
  readonly index: SegmentIndex
  readonly rows: readonly TierRow[]
  /** CSS pixels that the rows are scrolled down by. */
  readonly scroll: number
  readonly gesture: SegmentState
  readonly selection: ReadonlySet<AnnotationId>
  readonly labels: ReadonlyMap<LabelId, Label>
  readonly activeRow: TierRow | null
  readonly range: Span | null
}

export function paintTiers(context: Context, view: TimeView, picture: SegmentPicture, layout: Layout, theme: SoundTheme): void {
  const { top, height } = layout.tiers
  context.save()
  context.beginPath()
  context.rect(0, top, view.width, height)
  context.clip()
  context.fillStyle = theme.surface
  context.fillRect(0, top, view.width, height)
  for (const row of picture.rows) {
    const y = top + row.top - picture.scroll
    if (y > top + height || y + row.height < top) continue
    paintRow(context, view, picture, row, y, theme)
  }
  context.restore()
}

function paintRow(context: Context, view: TimeView, picture: SegmentPicture, row: TierRow, y: number, theme: SoundTheme): void {
  if (row === picture.activeRow) {
    context.fillStyle = theme.sunken
    context.fillRect(0, y, view.width, row.height)
  }
  context.fillStyle = theme.line
  context.fillRect(0, y + row.height - 1, view.width, 1)
  const { gesture } = picture
  const changed = gesture.name === 'moving' || gesture.name === 'resizing' ? gesture : null
  for (const segment of within(picture.index.row(row.tier.id, row.layer), view.start, endOf(view))) {
    const span = changed?.id === segment.annotation.id ? changed.span : segment
    paintSegment(context, view, picture, segment, span, y + 3, row.height - 7, theme)
  }
  if (gesture.name === 'drawing' && row.mine && row.tier.id === gesture.tier && gesture.span) {
    context.fillStyle = theme.accent
    context.globalAlpha = 0.35
    context.fillRect(xOf(view, gesture.span.start), y + 3, Math.max(1, (gesture.span.end - gesture.span.start) / view.perPixel), row.height - 7)
    context.globalAlpha = 1
  }
}

/** Diagonal lines in the colour of the fill: nobody has decided about it. */
function paintHatch(context: Context, from: number, y: number, to: number, height: number): void {
  context.save()
  context.beginPath()
  context.rect(from, y, to - from, height)
  context.clip()
  context.globalAlpha = 0.4
  context.lineWidth = 1
  context.strokeStyle = context.fillStyle
  context.beginPath()
  for (let x = Math.floor((from - height) / 8) * 8; x < to; x += 8) {
    context.moveTo(x, y + height)
    context.lineTo(x + height, y)
  }
  context.stroke()
  context.restore()
}

const letterWidth = 6.3
const glyphs = new Map<string, Path2D>()

function paintSegment(context: Context, view: TimeView, { labels, selection }: SegmentPicture, { annotation }: Timed, span: Span, y: number, height: number, theme: SoundTheme): void {
  const label = annotation.label === null ? undefined : labels.get(annotation.label)
  const selected = selection.has(annotation.id)
  const colour = label?.color ?? theme.muted
  const x = xOf(view, span.start)
  const width = (span.end - span.start) / view.perPixel
  if (span.start === span.end) return paintPoint(context, x, y, height, selected ? theme.accent : colour, annotation.text, theme)
  context.fillStyle = selected ? theme.accent : colour
  context.globalAlpha = annotation.draft ? (selected ? 0.2 : 0.08) : selected ? 0.32 : 0.22
  context.fillRect(x, y, Math.max(1, width), height)
  context.globalAlpha = 1
  if (annotation.draft) paintHatch(context, Math.max(x, -8), y, Math.min(x + width, view.width + 8), height)
  if (width < 3) return
  context.strokeStyle = selected ? theme.accent : colour
  context.lineWidth = selected ? 2 : 1
  if (annotation.draft) context.setLineDash([4, 3])
  context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1)
  if (annotation.draft) context.setLineDash([])
  const left = Math.max(x, 0) + 5
  const room = Math.min(x + width, view.width) - left - 4
  paintWords(context, annotation.text ?? '', label, left, room, y, height, theme)
}

function paintWords(context: Context, text: string, label: Label | undefined, x: number, room: number, y: number, height: number, theme: SoundTheme): void {
  let left = x
  if (label && room >= 14) {
    context.fillStyle = label.color
    context.save()
    context.translate(left, y + height / 2 - 5)
    context.scale(0.625, 0.625)
    const path = glyphs.get(label.glyph) ?? new Path2D(glyphPath(label.glyph))
    glyphs.set(label.glyph, path)
    context.fill(path)
    context.restore()
    left += 14
  }
  const letters = Math.floor((room - (left - x)) / letterWidth)
  const said = text === '' ? (label?.name ?? '') : text
  if (letters < 2 || said === '') return
  context.fillStyle = text === '' ? theme.muted : theme.text
  context.font = `12px ${theme.font}`
  context.textBaseline = 'middle'
  const head = said.slice(0, letters * 2)
  const shown = context.measureText(head).width <= room - (left - x) && head.length === said.length ? said : `${said.slice(0, Math.max(1, letters - 1))}…`
  context.fillText(shown, left, y + height / 2 + 0.5)
}

function paintPoint(context: Context, x: number, y: number, height: number, colour: string, text: string | null, theme: SoundTheme): void {
  context.fillStyle = colour
  context.fillRect(x - 1, y, 2, height)
  context.beginPath()
  context.moveTo(x - 5, y)
  context.lineTo(x + 5, y)
  context.lineTo(x, y + 7)
  context.fill()
  if (!text) return
  context.fillStyle = theme.text
  context.font = `12px ${theme.font}`
  context.textBaseline = 'middle'
  context.fillText(text.slice(0, 24), x + 6, y + height / 2 + 0.5)
}

/** Over wave and spectrogram: the ends of the segments in the active tier, the selected ones shaded, and the chosen stretch of time. */
export function paintOverSound(context: Context, view: TimeView, { index, activeRow, selection, gesture, range }: SegmentPicture, layout: Layout, theme: SoundTheme): void {
  const top = layout.wave.top
  const height = layout.wave.height + layout.spectrogram.height
  const shade = (from: number, to: number, alpha: number) => {
    context.globalAlpha = alpha
    context.fillStyle = theme.accent
    context.fillRect(xOf(view, from), top, (to - from) / view.perPixel, height)
    context.globalAlpha = 1
  }
  if (activeRow) {
    const shown = within(index.row(activeRow.tier.id, activeRow.layer), view.start, endOf(view))
    // Closer than this, the lines would be a wall.
    const lines = shown.length * 6 < view.width
    for (const segment of shown) {
      const span = (gesture.name === 'moving' || gesture.name === 'resizing') && gesture.id === segment.annotation.id ? gesture.span : segment
      if (selection.has(segment.annotation.id)) shade(span.start, span.end, 0.14)
      if (!lines) continue
      context.fillStyle = theme.muted
      context.globalAlpha = 0.6
      for (const frame of [span.start, span.end]) context.fillRect(Math.round(xOf(view, frame)), top, 1, height)
      context.globalAlpha = 1
    }
  }
  if (gesture.name === 'ranging') shade(Math.min(gesture.anchor, gesture.to), Math.max(gesture.anchor, gesture.to), 0.2)
  else if (gesture.name === 'drawing' && gesture.span) shade(gesture.span.start, gesture.span.end, 0.2)
  else if (range) shade(range.start, range.end, 0.2)
}
