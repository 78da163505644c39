import type { Mask } from '#shared/model/geometry.ts'
import { reframeMask, trimMask } from './mask.ts'

/** COCO's run lengths: column-major over the whole image, beginning with zeros. `size` is [height, width]. */
export interface CocoRle { readonly size: readonly [height: number, width: number]; readonly counts: readonly number[] }

/** The mask's run lengths over a whole image; pixels outside it are dropped. */
export function toCocoCounts(mask: Mask, imageWidth: number, imageHeight: number): CocoRle {
  return { size: [imageHeight, imageWidth], counts: reframeMask(mask, { x: 0, y: 0, width: imageWidth, height: imageHeight }).counts }
}

/** The mask of COCO's run lengths, trimmed. */
export const fromCocoCounts = ({ size: [height, width], counts }: CocoRle): Mask =>
  trimMask({ kind: 'mask', x: 0, y: 0, width, height, counts: [...counts] })

/**
 * Run lengths as COCO's compressed string (rleToString of maskApi.c, Dollár & Lin 2014): from the fourth count on the
 * difference to the count two before; each number as 5-bit groups, least first, with a continuation bit 0x20, plus 48.
 */
export function compressCounts(counts: readonly number[]): string {
  let text = ''
  counts.forEach((count, index) => {
    let rest = index > 2 ? count - counts[index - 2]! : count
    for (let more = true; more;) {
      const group = rest & 0x1f
      rest >>= 5
      more = group & 0x10 ? rest !== -1 : rest !== 0
      text += String.fromCharCode((more ? group | 0x20 : group) + 48)
    }
  })
  return text
}

/** The run lengths of COCO's compressed string; null when the text is cut short, holds other characters or gives a negative run. */
export function decompressCounts(text: string): number[] | null {
  const counts: number[] = []
  for (let at = 0; at < text.length;) {
    let value = 0
    for (let shift = 0, more = true; more; shift += 5) {
      const code = text.charCodeAt(at++) - 48
      // Past the end the code is NaN; more than 30 bits cannot be a run length of ours.
      if (!(code >= 0 && code < 64) || shift > 30) return null
      value |= (code & 0x1f) << shift
      more = (code & 0x20) !== 0
      if (!more && code & 0x10 && shift < 27) value |= -1 << (shift + 5)
    }
    if (counts.length > 2) value += counts[counts.length - 2]!
    if (value < 0) return null
    counts.push(value)
  }
  return counts
}
