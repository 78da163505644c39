import type { SoundSource, TileKind } from './source.ts'

/** Tiles of one sound that are in memory, the least recently drawn given up first. */
export interface Tiles {
  /** The tile, or null while it comes (then `changed` is called) or where there is none. */
  get(what: TileKind, variant: string, tile: number): ArrayBuffer | null
  /** Without asking for it. */
  peek(what: TileKind, variant: string, tile: number): ArrayBuffer | null
  close(): void
}

const mostBytes = 48 * 1024 * 1024
const atOnce = 6
/** Older wishes than these are for places that were scrolled past. */
const mostWaiting = 96

export function createTiles(source: SoundSource, changed: () => void): Tiles {
  const loaded = new Map<string, ArrayBuffer | 'none'>()
  const running = new Set<string>()
  let waiting: { key: string; load: () => Promise<ArrayBuffer | null> }[] = []
  let bytes = 0
  let open = true

  function feed(): void {
    while (running.size < atOnce) {
      if (!open) return
      const next = waiting.pop()
      if (!next) return
      running.add(next.key)
      next.load().catch(() => null).then((buffer) => {
        running.delete(next.key)
        keep(next.key, buffer)
        feed()
        if (open) changed()
      }, () => undefined)
    }
  }

  function keep(key: string, buffer: ArrayBuffer | null): void {
    loaded.set(key, buffer ?? 'none')
    bytes += buffer?.byteLength ?? 0
    for (const [oldest, value] of loaded) {
      if (bytes <= mostBytes) return
      loaded.delete(oldest)
      bytes -= value === 'none' ? 0 : value.byteLength
    }
  }

  const find = (key: string) => {
    const found = loaded.get(key)
    if (found === undefined) return undefined
    loaded.delete(key)
    loaded.set(key, found)
    return found === 'none' ? null : found
  }
  return {
    get(what, variant, tile) {
      const key = `${what}/${variant}/${tile}`
      const found = find(key)
      if (found !== undefined) return found
      if (!running.has(key)) {
        // The newest wish is answered first.
        waiting = [...waiting.filter((wish) => wish.key !== key), { key, load: () => source.tile(what, variant, tile) }].slice(-mostWaiting)
        feed()
      }
      return null
    },
    peek: (what, variant, tile) => find(`${what}/${variant}/${tile}`) ?? null,
    close() {
      open = false
      waiting = []
      loaded.clear()
    },
  }
}
