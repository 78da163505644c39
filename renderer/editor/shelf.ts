import { z } from 'zod'
import { ChangeRequest } from '#shared/model/change.ts'
import type { Shelf } from './saveQueue.ts'

/** The part of Web Storage that is needed. */
export interface Storage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Keeps a project's unsaved changes in the browser's storage, under the project's id: they can never land in another. */
export function storageShelf(storage: Storage, project: string): Shelf {
  const key = `unsaved ${project}`
  return {
    load() {
      try {
        return z.array(ChangeRequest).parse(JSON.parse(storage.getItem(key) ?? '[]'))
      } catch {
        // What cannot be read is put aside, not thrown away.
        storage.setItem(`unreadable ${key} ${Date.now()}`, storage.getItem(key) ?? '')
        storage.removeItem(key)
        return []
      }
    },
    keep(requests) {
      if (requests.length === 0) storage.removeItem(key)
      else storage.setItem(key, JSON.stringify(requests))
    },
  }
}
