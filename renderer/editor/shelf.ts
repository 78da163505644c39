import { ChangeRequest } from '#shared/model/change.ts'
import type { Shelf } from './saveQueue.ts'

/** The part of Web Storage that is needed. */
export interface Storage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/**
 * Keeps unsaved changes in the browser's storage, each under a key of its own that begins with `owner` (the project and
 * the person): they can never land in another project or in another's name, and two windows do not wipe out each other's.
 */
export function storageShelf(storage: Storage, owner: string): Shelf {
  const prefix = `unsaved ${owner} `
  const keys = new Map<string, string>()
  let count = 0
  /** In the order of their making: time, then count. */
  const keyOf = (id: string) => `${prefix}${String(Date.now()).padStart(15, '0')}-${String(count++).padStart(6, '0')} ${id}`
  return {
    load: () => keysWith(storage, prefix).flatMap((key) => {
      const request = read(storage, key)
      if (request) keys.set(request.id, key)
      return request ? [request] : []
    }),
    keep(requests) {
      const wanted = new Set<string>(requests.map(({ id }) => id))
      for (const [id, key] of keys) {
        if (wanted.has(id)) continue
        storage.removeItem(key)
        keys.delete(id)
      }
      for (const request of requests) {
        if (keys.has(request.id)) continue
        const key = keyOf(request.id)
        storage.setItem(key, JSON.stringify(request))
        keys.set(request.id, key)
      }
    },
  }
}

function keysWith(storage: Storage, prefix: string): string[] {
  const found: string[] = []
  for (let index = 0; index < storage.length; index++) {
    const key = storage.key(index)
    if (key?.startsWith(prefix)) found.push(key)
  }
  return found.sort()
}

/** What cannot be read is put aside, not thrown away. */
function read(storage: Storage, key: string): ChangeRequest | null {
  const text = storage.getItem(key) ?? ''
  try {
    return ChangeRequest.parse(JSON.parse(text))
  } catch {
    try {
      storage.setItem(`unreadable ${key}`, text)
      storage.removeItem(key)
    } catch {
      // The storage is full: it stays where it is.
    }
    return null
  }
}
