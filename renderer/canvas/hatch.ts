/** CSS pixels from one line of a hatch to the next. */
const spacing = 8

/** Diagonal lines in a colour as a pattern for filling, by colour and device pixels per CSS pixel. */
export class Hatches {
  #known = new Map<string, CanvasPattern>()

  of(context: CanvasRenderingContext2D, color: string, ratio: number): CanvasPattern | null {
    const key = `${color} ${ratio}`
    const known = this.#known.get(key)
    if (known) return known
    const made = context.createPattern(tile(color, Math.max(4, Math.round(spacing * ratio)), ratio), 'repeat')
    if (made) this.#known.set(key, made)
    return made
  }
}

/** One period of the lines, from the lower left to the upper right; what leaves at an edge comes in at the other. */
function tile(color: string, size: number, ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size
  const context = canvas.getContext('2d')!
  context.strokeStyle = color
  context.lineWidth = 1.25 * ratio
  context.beginPath()
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 1, size + 1)
    context.lineTo(shift + size + 1, -1)
  }
  context.stroke()
  return canvas
}
