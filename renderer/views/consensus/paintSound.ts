import { rulerHeight } from '#renderer/audio/layout.ts'
import { paintRuler, paintWave } from '#renderer/audio/paint.ts'
import type { SoundSource } from '#renderer/audio/source.ts'
import { readSoundTheme } from '#renderer/audio/theme.ts'
import type { createTiles } from '#renderer/audio/tiles.ts'
import { xOf, type TimeView } from '#renderer/audio/timeView.ts'
import { yours, type Row } from './soundRows.ts'

/** CSS pixels of a row, and below the last one. */
export const rowHeight = 30
export const belowRows = 4

export interface Painting {
  readonly source: SoundSource; readonly tiles: ReturnType<typeof createTiles>; readonly view: TimeView; readonly rows: readonly Row[]
  readonly alone: string | null; readonly width: number; readonly height: number; readonly playhead: number
}

/** The ruler, the wave, a row a person below it, and the playhead. */
export function paintSound(context: CanvasRenderingContext2D, { source, tiles, view, rows, alone, width, height, playhead }: Painting): void {
  const theme = readSoundTheme(context.canvas)
  const rowsHeight = rows.length * rowHeight + 12
  const waveHeight = Math.max(40, height - rowsHeight - rulerHeight)
  context.fillStyle = theme.sunken
  context.fillRect(0, 0, width, height)
  paintRuler(context, view, source.rate, theme)
  paintWave(context, tiles, source, view, null, rulerHeight, waveHeight, theme)
  rows.forEach((row, index) => paintRow(context, row, { top: rulerHeight + waveHeight + 8 + index * rowHeight, view, source, theme, faded: alone !== null && alone !== row.letter, width }))
  const x = xOf(view, playhead)
  context.fillStyle = theme.accent
  context.fillRect(Math.round(x), 0, 1, height)
}

interface RowPlace { readonly top: number; readonly view: TimeView; readonly source: SoundSource; readonly theme: ReturnType<typeof readSoundTheme>; readonly faded: boolean; readonly width: number }

function paintRow(context: CanvasRenderingContext2D, { letter, color, bars, whiskers }: Row, { top, view, source, theme, faded, width }: RowPlace): void {
  context.globalAlpha = faded ? 0.3 : 1
  context.font = `500 12px ${theme.font}`
  context.textBaseline = 'middle'
  for (const { start, end, text } of bars) {
    const left = xOf(view, start * source.rate), right = xOf(view, end * source.rate)
    const plain = letter === 'estimate' || letter === yours
    context.fillStyle = plain ? theme.surface : color
    context.globalAlpha = (faded ? 0.3 : 1) * (plain ? 1 : 0.28)
    context.fillRect(left, top, Math.max(1, right - left), rowHeight - 6)
    context.globalAlpha = faded ? 0.3 : 1
    context.strokeStyle = letter === 'estimate' ? theme.text : letter === yours ? theme.accent : color
    context.setLineDash(letter === 'estimate' ? [5, 3] : [])
    context.strokeRect(left + 0.5, top + 0.5, Math.max(1, right - left - 1), rowHeight - 7)
    context.setLineDash([])
    context.save()
    context.beginPath()
    context.rect(Math.max(0, left), top, Math.min(width, right) - Math.max(0, left), rowHeight)
    context.clip()
    context.fillStyle = theme.text
    context.fillText(text, Math.max(4, left + 22), top + (rowHeight - 6) / 2)
    context.restore()
  }
  const first = bars[0]
  if (first && letter !== 'estimate' && letter !== yours) {
    context.fillStyle = theme.text
    context.fillText(letter, Math.max(4, xOf(view, first.start * source.rate) + 6), top + (rowHeight - 6) / 2)
  }
  context.fillStyle = theme.text
  for (const [at, deviation] of whiskers) {
    const middle = top + (rowHeight - 6) / 2, left = xOf(view, (at - deviation) * source.rate), right = xOf(view, (at + deviation) * source.rate)
    context.fillRect(left, middle, Math.max(1, right - left), 1)
    for (const x of [left, right]) context.fillRect(x, middle - 4, 1, 9)
  }
  context.globalAlpha = 1
}
