import { glyphPath } from '#renderer/ui/glyph.ts'
import type { Theme } from './theme.ts'

/** What a small sign at a shape says: glyph and label, a person's initials, a text. */
export interface Tag {
  readonly color: string
  readonly glyph: string | null
  readonly text: string
  /** A person's or layer's initials, set apart. */
  readonly initials: string | null
}

const height = 18
const fontSize = 11
const glyphSize = 10
const padding = 5
const longest = 60
const glyphPaths = new Map<string, Path2D>()

/** Draws a tag with its lower left corner at (x, y), or its lower right one when `fromRight`, in CSS pixels. */
export function drawTag(context: CanvasRenderingContext2D, tag: Tag, x: number, y: number, theme: Theme, fromRight = false): void {
  context.font = `500 ${fontSize}px ${theme.font}`
  context.textBaseline = 'middle'
  const text = shorten(tag.text)
  const textWidth = text ? context.measureText(text).width : 0
  const initialsWidth = tag.initials ? context.measureText(tag.initials).width + 6 : 0
  const width = padding * 2 + (tag.glyph ? glyphSize : 0) + (text && tag.glyph ? 4 : 0) + textWidth + initialsWidth
  const top = Math.round(y - height)
  const left = Math.round(fromRight ? x - width : x)
  context.fillStyle = 'rgba(14, 16, 20, 0.82)'
  context.beginPath()
  context.roundRect(left, top, width, height, 3)
  context.fill()
  let at = left + padding
  if (tag.glyph) {
    drawGlyph(context, tag.glyph, tag.color, at, top + (height - glyphSize) / 2)
    at += glyphSize + 4
  }
  context.fillStyle = '#f4f5f7'
  if (text) context.fillText(text, at, top + height / 2 + 0.5)
  if (tag.initials) {
    context.fillStyle = '#aab4c3'
    context.fillText(tag.initials, left + width - padding - initialsWidth + 6, top + height / 2 + 0.5)
  }
}

function drawGlyph(context: CanvasRenderingContext2D, glyph: string, color: string, x: number, y: number): void {
  let path = glyphPaths.get(glyph)
  if (!path) glyphPaths.set(glyph, (path = new Path2D(glyphPath(glyph))))
  context.save()
  context.translate(x, y)
  context.scale(glyphSize / 16, glyphSize / 16)
  context.fillStyle = color
  context.fill(path)
  // Dark label colours on the dark plate need an edge.
  context.lineWidth = 1
  context.strokeStyle = 'rgba(255, 255, 255, 0.55)'
  context.stroke(path)
  context.restore()
}

function shorten(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  const letters = [...line]
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : line
}
