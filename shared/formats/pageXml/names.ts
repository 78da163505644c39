import type { TextDirection } from '#shared/model/annotation.ts'

/** The regions of 2019-07-15 that may hold anything; their names are labels. */
export const regionNames: ReadonlySet<string> = new Set([
  'TextRegion', 'ImageRegion', 'LineDrawingRegion', 'GraphicRegion', 'TableRegion', 'ChartRegion', 'MapRegion', 'SeparatorRegion', 'MathsRegion', 'ChemRegion', 'MusicRegion',
  'AdvertRegion', 'NoiseRegion',
])
/** Known to 2024 or to other versions alone, or without a meaning of their own. */
export const otherRegions: ReadonlySet<string> = new Set(['UnknownRegion', 'CustomRegion', 'FrameRegion'])

/** TextTypeSimpleType: what a region of text is. */
export const textTypes: ReadonlySet<string> = new Set([
  'paragraph', 'heading', 'caption', 'header', 'footer', 'page-number', 'drop-capital', 'credit', 'floating', 'signature-mark', 'catch-word', 'marginalia', 'footnote',
  'footnote-continued', 'endnote', 'TOC-entry', 'list-label', 'other',
])

export const directionRead: Readonly<Record<string, TextDirection>> = {
  'left-to-right': 'ltr', 'right-to-left': 'rtl', 'top-to-bottom': 'vertical', 'bottom-to-top': 'vertical',
}
export const directionWritten: Readonly<Record<TextDirection, string | null>> = { auto: null, ltr: 'left-to-right', rtl: 'right-to-left', vertical: 'top-to-bottom' }
