/** How a picture lies in the square that the encoder sees: scaled so that its longest side fills it, at the top left. */
export interface Frame {
  /** The item's own size, pixels. */
  readonly itemWidth: number
  readonly itemHeight: number
  /** The size in the square, pixels. */
  readonly width: number
  readonly height: number
  /** Pixels of the square per pixel of the item. */
  readonly scale: number
  /** The side of the square. */
  readonly longest: number
}

/** Kirillov et al. 2023, ResizeLongestSide: sides are rounded half up, never below 1. */
export function frameOf(itemWidth: number, itemHeight: number, longest: number): Frame {
  const scale = longest / Math.max(itemWidth, itemHeight)
  const side = (length: number) => Math.max(1, Math.floor(length * scale + 0.5))
  return { itemWidth, itemHeight, width: side(itemWidth), height: side(itemHeight), scale, longest }
}

/** Pixels in which masks are asked for: those of the square, or the item's own where it has fewer; more would be made up. */
export function maskSize({ itemWidth, itemHeight, width, height }: Frame): { readonly width: number; readonly height: number } {
  return itemWidth <= width && itemHeight <= height ? { width: itemWidth, height: itemHeight } : { width, height }
}
