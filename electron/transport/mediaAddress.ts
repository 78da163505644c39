/** The item as a page shows or plays it, its small picture, its samples as WAV. */
export type MediaKind = 'media' | 'thumbnail' | 'sound'
/** Stretches of a sound. */
export type SoundTileKind = 'peaks' | 'samples' | 'spectrogram'

/** What a path of the page asks for beside the page's own files: `/media/ASSET`, `/peaks/ASSET/VARIANT/TILE`, `/models/MODEL/FILE[/HASH]`. */
export type MediaAddress =
  | { readonly kind: 'file'; readonly what: MediaKind; readonly asset: string }
  | { readonly kind: 'tile'; readonly what: SoundTileKind; readonly asset: string; readonly variant: string; readonly tile: number }
  /** `hash` null: whatever the file holds now. */
  | { readonly kind: 'model'; readonly model: string; readonly file: string; readonly hash: string | null }

const mediaKinds: readonly string[] = ['media', 'thumbnail', 'sound'] satisfies MediaKind[]
const tileKinds: readonly string[] = ['peaks', 'samples', 'spectrogram'] satisfies SoundTileKind[]

/** Null for a path of the page itself. `pathname` as it stands in the address, still encoded. */
export function mediaAddress(pathname: string): MediaAddress | null {
  const parts = decodedParts(pathname)
  if (parts === null) return null
  const [, what = '', asset = '', variant = '', tile = '', ...rest] = parts
  if (mediaKinds.includes(what) && variant === '') return { kind: 'file', what: what as MediaKind, asset }
  if (tileKinds.includes(what) && /^\d{1,9}$/u.test(tile) && rest.length === 0) return { kind: 'tile', what: what as SoundTileKind, asset, variant, tile: Number(tile) }
  if (what === 'models' && asset !== '' && variant !== '' && rest.length === 0) return { kind: 'model', model: asset, file: variant, hash: tile === '' ? null : tile }
  return null
}

/** How long an answer may be kept: one whose address holds its hash never changes. */
export const cacheOf = (address: MediaAddress): string => (address.kind === 'model' && address.hash !== null ? 'max-age=31536000, immutable' : 'private, max-age=3600')

/** Null where an escape is broken or hides a zero, which no name holds. */
function decodedParts(pathname: string): string[] | null {
  try {
    const parts = pathname.split('/').map(decodeURIComponent)
    return parts.some((part) => part.includes('\0')) ? null : parts
  } catch {
    return null
  }
}
