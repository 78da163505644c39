import type { AssetId } from '#shared/model/id.ts'

const kept = 6

/** Decoded pictures: the one in hand and its neighbours, so that the next item is there at once. */
export function createPictures(url: (asset: AssetId) => string) {
  const pictures = new Map<AssetId, Promise<HTMLImageElement>>()

  async function decode(asset: AssetId): Promise<HTMLImageElement> {
    const picture = new Image()
    picture.decoding = 'async'
    // A browser opens few connections; the list's thumbnails must not stand before the item in hand.
    picture.fetchPriority = 'high'
    picture.src = url(asset)
    await picture.decode()
    return picture
  }

  return {
    /** Rejects when the picture cannot be shown. */
    get(asset: AssetId): Promise<HTMLImageElement> {
      const picture = pictures.get(asset) ?? decode(asset)
      pictures.delete(asset)
      pictures.set(asset, picture)
      picture.catch(() => pictures.delete(asset))
      for (const oldest of pictures.keys()) {
        if (pictures.size <= kept) break
        pictures.delete(oldest)
      }
      return picture
    },
  }
}
export type Pictures = ReturnType<typeof createPictures>
