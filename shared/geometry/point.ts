declare const space: unique symbol

/** A point in pixels of the upright image. */
export type ImagePoint = { readonly x: number; readonly y: number; readonly [space]?: 'image' }
/** A point in CSS pixels, relative to the canvas element. */
export type ScreenPoint = { readonly x: number; readonly y: number; readonly [space]?: 'screen' }

export const imagePoint = (x: number, y: number): ImagePoint => ({ x, y })
export const screenPoint = (x: number, y: number): ScreenPoint => ({ x, y })

/** The least rectangle around something, in image pixels. */
export type Bounds = { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }

/** screen = image × scale + offset; scale in CSS pixels per image pixel. */
export type Viewport = { readonly scale: number; readonly offsetX: number; readonly offsetY: number }

export const toScreen = (point: ImagePoint, view: Viewport): ScreenPoint =>
  screenPoint(point.x * view.scale + view.offsetX, point.y * view.scale + view.offsetY)
export const toImage = (point: ScreenPoint, view: Viewport): ImagePoint =>
  imagePoint((point.x - view.offsetX) / view.scale, (point.y - view.offsetY) / view.scale)
