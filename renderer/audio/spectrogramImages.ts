import { floorDb, hertzOf, melOf, stepsPerDb, tileColumns, variantName, type SpectrogramVariant, type WindowLength, type WindowShape } from '#shared/audio/spectrogram.ts'
import { colormap } from './colormap.ts'
import type { Tiles } from './tiles.ts'
import { endOf, xOf, type TimeView } from './timeView.ts'

export interface SpectrogramSettings {
  readonly window: WindowLength
  readonly shape: WindowShape
  readonly axis: 'linear' | 'mel'
  /** Shown from `low` (darkest) to `high`, decibels of full scale. */
  readonly low: number
  readonly high: number
}

/** log2 of the frames between columns for a zoom: at most a pixel of the screen, no denser than a sixteenth of the window. */
export const hopFor = (perPixel: number, window: number, ratio: number): number =>
  Math.max(Math.log2(window) - 4, Math.floor(Math.log2(Math.max(1, perPixel / ratio))))

/** The bin of each row of pixels, the highest frequency on top. */
export function binOfRow(height: number, bins: number, rate: number, axis: 'linear' | 'mel'): Float32Array {
  const top = rate / 2
  return Float32Array.from({ length: height }, (_, row) => {
    const share = 1 - (row + 0.5) / height
    const hertz = axis === 'linear' ? share * top : hertzOf(share * melOf(top))
    return Math.min(bins - 1, (hertz / top) * bins)
  })
}

const mostImages = 160

/** Milliseconds of one drawing that may go into colouring tiles; the others wait for the next one. */
const colouringMs = 5

/** Draws spectra, each tile coloured once and kept. `again` asks for another drawing. */
export function createSpectrogram(tiles: Tiles, rate: number, again: () => void) {
  let until = 0
  const images = new Map<string, HTMLCanvasElement>()
  const maps = { dark: colormap('dark'), light: colormap('light') }

  function imageOf(variant: SpectrogramVariant, tile: number, settings: SpectrogramSettings, theme: 'dark' | 'light', height: number, ask: boolean): HTMLCanvasElement | null {
    const name = variantName(variant)
    const key = `${name}/${tile}/${settings.axis}/${settings.low}/${settings.high}/${theme}/${height}`
    const known = images.get(key)
    if (known) {
      images.delete(key)
      images.set(key, known)
      return known
    }
    const buffer = ask ? tiles.get('spectrogram', name, tile) : tiles.peek('spectrogram', name, tile)
    if (!buffer) return null
    if (performance.now() > until) {
      if (ask) again()
      return null
    }
    const image = coloured(new Uint8Array(buffer), variant.window / 2, settings, maps[theme], height, rate)
    images.set(key, image)
    for (const oldest of images.keys()) {
      if (images.size <= mostImages) break
      images.delete(oldest)
    }
    return image
  }

  return {
    /** Paints the view into a rectangle of CSS pixels. */
    paint(context: CanvasRenderingContext2D, view: TimeView, top: number, height: number, settings: SpectrogramSettings, theme: 'dark' | 'light', ratio: number): void {
      const hop = hopFor(view.perPixel, settings.window, ratio)
      const rows = Math.max(1, Math.round(height * ratio))
      until = performance.now() + colouringMs
      context.save()
      context.beginPath()
      context.rect(0, top, view.width, height)
      context.clip()
      // Another zoom stands in until its own tiles come.
      for (const each of [hop + 2, hop + 1, hop - 1, hop]) {
        const variant = { window: settings.window, shape: settings.shape, hop: each }
        const length = tileColumns * 2 ** each
        const half = 2 ** each / 2
        for (let tile = Math.max(0, Math.floor((view.start + half) / length)); tile * length - half < Math.min(view.frames, endOf(view)); tile++) {
          const image = imageOf(variant, tile, settings, theme, rows, each === hop)
          if (image) context.drawImage(image, xOf(view, tile * length - half), top, length / view.perPixel, height)
        }
      }
      context.restore()
    },
  }
}

function coloured(bytes: Uint8Array, bins: number, { axis, low, high }: SpectrogramSettings, map: Uint32Array, height: number, rate: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = tileColumns
  canvas.height = height
  const context = canvas.getContext('2d')!
  const image = context.createImageData(tileColumns, height)
  const pixels = new Uint32Array(image.data.buffer)
  const rows = binOfRow(height, bins, rate, axis)
  const shade = Uint32Array.from({ length: 256 }, (_, byte) => map[Math.max(0, Math.min(255, Math.round(((byte / stepsPerDb + floorDb - low) / (high - low)) * 255)))]!)
  for (let row = 0; row < height; row++) {
    const bin = Math.floor(rows[row]!)
    // Where rows stand further apart than bins, the loudest of those between is shown.
    const end = Math.max(bin + 1, row > 0 ? Math.floor(rows[row - 1]!) : bins)
    for (let column = 0; column < tileColumns; column++) {
      let loudest = 0
      for (let each = bin; each < end; each++) if (bytes[column * bins + each]! > loudest) loudest = bytes[column * bins + each]!
      pixels[row * tileColumns + column] = shade[loudest]!
    }
  }
  context.putImageData(image, 0, 0)
  return canvas
}
