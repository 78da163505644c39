import type { Asset } from '#shared/model/asset.ts'

// Windows refuses these in names; control characters (a newline among them) break lists of names everywhere.
const unsafe = /[<>:"|?*\\\p{Cc}\p{Zl}\p{Zp}]/gu
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/iu
/** For a file without an ending: readers go by it. */
const endings: Record<string, string> = {
  'image/jpeg': '.jpg', 'image/png': '.png', 'image/webp': '.webp', 'image/tiff': '.tif', 'image/bmp': '.bmp', 'image/avif': '.avif', 'image/gif': '.gif',
}
const maxNameBytes = 180

const escaped = (character: string) => `%${character.codePointAt(0)!.toString(16).toUpperCase().padStart(2, '0')}`

/** One folder or file name that every system can hold: what it cannot is written as `%0A`. */
export function safeSegment(segment: string): string {
  const name = segment.normalize('NFC').toWellFormed().replaceAll(unsafe, escaped).replace(/[. ]+$/u, (tail) => [...tail].map(escaped).join(''))
  // A leading dot hides the file from the trainers' listings.
  const visible = name.startsWith('.') ? escaped('.') + name.slice(1) : name
  return shortened(reserved.test(visible) ? `_${visible}` : visible)
}

/** Keeps the ending. */
function shortened(name: string): string {
  if (utf8Length(name) <= maxNameBytes) return name
  const { stem, ending } = parts(name)
  const characters = [...stem]
  while (characters.length > 1 && utf8Length(characters.join('') + ending) > maxNameBytes) characters.pop()
  return characters.join('') + ending
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** A path split before its last dot: `a.b/c.jpg` is `a.b/c` and `.jpg`. */
export function parts(path: string): { stem: string; ending: string } {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') + 1 ? { stem: path.slice(0, dot), ending: path.slice(dot) } : { stem: path, ending: '' }
}

/**
 * A relative path for every asset: safe on every system, distinct without regard to case and (`byStem`) to the
 * ending, in the folders the names have. The first of two with one name keeps it, the other gets the beginning of
 * its hash; which is first depends on the assets alone, not on their order.
 */
export function exportNames(assets: readonly Asset[], byStem: boolean): Map<Asset['id'], string> {
  const names = new Map<Asset['id'], string>()
  const taken = new Set<string>()
  const key = (path: string) => (byStem ? parts(path).stem : path).toLowerCase()
  for (const asset of [...assets].sort(byName)) {
    const path = asset.name.split('/').filter((segment) => segment !== '').map(safeSegment).join('/')
    let name = path === '' ? asset.hash : path
    if (parts(name).ending === '') name += endings[asset.mime] ?? ''
    const { stem, ending } = parts(name)
    for (let digits = 8; taken.has(key(name)); digits += 8) name = `${stem}-${asset.hash.slice(0, digits)}${ending}`
    taken.add(key(name))
    names.set(asset.id, name)
  }
  return names
}

/** By code units, so that the order is the same in every language. */
export const byName = (a: Asset, b: Asset) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
