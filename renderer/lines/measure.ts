let context: CanvasRenderingContext2D | null = null

/** The width of a text in the interface's typeface, in some unit: what a caret's place on a line is guessed from. */
export function measure(text: string): number {
  context ??= document.createElement('canvas').getContext('2d')!
  context.font = '32px "Inter Variable", sans-serif'
  return context.measureText(text).width
}
