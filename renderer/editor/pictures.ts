import type { AssetId } from '#shared/model/id.ts'

export type Picture = HTMLImageElement | ImageBitmap

const kept = 6
/** Up to this many pixels a picture is kept as decoded pixels (4 bytes each); a larger one as an image, which the browser may decode again. */
const largestBitmap = 16_000_000

/** Decoded pictures: the one in hand and its neighbours, so that the next item is there at once. */
export function createPictures(url: (asset: AssetId) => string) {
  const pictures = new Map<AssetId, Promise<Picture>>()
  const ready = new Map<AssetId, Picture>()

  async function decode(asset: AssetId): Promise<Picture> {
    const image = new Image()
    image.decoding = 'async'
    // A browser opens few connections; the list's thumbnails must not stand before the item in hand.
    image.fetchPriority = 'high'
    image.src = url(asset)
    await image.decode()
    // A picture that is cut short has no bitmap, but as an image the browser shows what there is of it.
    const picture = image.naturalWidth * image.naturalHeight <= largestBitmap ? await createImageBitmap(image).catch(() => image) : image
    if (pictures.has(asset)) ready.set(asset, picture)
    return picture
  }

  function forget(asset: AssetId): void {
    pictures.delete(asset)
    ready.delete(asset)
  }

  return {
    /** The picture if it is decoded already. */
    peek: (asset: AssetId): Picture | null => ready.get(asset) ?? null,
    /** Rejects when the picture cannot be shown. */
    get(asset: AssetId): Promise<Picture> {
      const known = pictures.get(asset)
      if (known) pictures.delete(asset)
      const picture = known ?? decode(asset)
      pictures.set(asset, picture)
      if (!known) picture.catch(() => forget(asset))
      for (const oldest of pictures.keys()) {
        if (pictures.size <= kept) break
        forget(oldest)
      }
      return picture
    },
  }
}
export type Pictures = ReturnType<typeof createPictures>
