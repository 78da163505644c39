import { useEffect, useState } from 'react'
import type { CropSource } from './drawCrop.ts'

/** Above so many pixels the decoded picture is left to the browser. */
const mostPixels = 60e6

/**
 * The picture to cut crops from. A bitmap, because the browser throws the pixels of an image element away when it likes
 * and would decode them again between two lines.
 */
export function useCropSource(picture: HTMLImageElement | ImageBitmap | null, itemWidth: number): CropSource | null {
  const [bitmap, setBitmap] = useState<{ readonly of: HTMLImageElement; readonly image: ImageBitmap } | null>(null)
  useEffect(() => {
    if (!picture || !('naturalWidth' in picture) || picture.naturalWidth * picture.naturalHeight > mostPixels) return undefined
    let made: ImageBitmap | null = null
    let current = true
    createImageBitmap(picture).then((image) => {
      made = image
      if (current) setBitmap({ of: picture, image })
      else image.close()
    }, () => undefined)
    return () => {
      current = false
      made?.close()
    }
  }, [picture])
  if (!picture) return null
  if (!('naturalWidth' in picture)) return { image: picture, width: picture.width, height: picture.height, itemWidth }
  const image = bitmap?.of === picture ? bitmap.image : picture
  return { image, width: picture.naturalWidth, height: picture.naturalHeight, itemWidth }
}
