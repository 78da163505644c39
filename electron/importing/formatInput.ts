import { open, readFile } from 'node:fs/promises'
import { QuorumError } from '#shared/contract/errors.ts'
import type { FormatInput } from '#shared/formats/format.ts'
import type { WalkedFile } from './walk.ts'

/** The walked files as a format reads them. `taken` gathers what it read whole: those are its own files and no media. */
export function formatInput(walked: readonly WalkedFile[]): FormatInput & { taken: ReadonlySet<string> } {
  const paths = new Map(walked.map((file) => [file.name, file.path]))
  const taken = new Set<string>()
  const pathOf = (name: string) => {
    const path = paths.get(name)
    if (path === undefined) throw new QuorumError('not-found', `${name} is not among the files to import.`)
    return path
  }
  const whole = async (name: string) => {
    taken.add(name)
    return readFile(pathOf(name))
  }
  return {
    taken, files: [...paths.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
    readText: async (name) => (await whole(name)).toString('utf8').replace(/^\uFEFF/u, ''),
    readBytes: whole,
    async readHead(name, bytes) {
      const file = await open(pathOf(name))
      try {
        const head = new Uint8Array(bytes)
        const { bytesRead } = await file.read(head, 0, bytes, 0)
        return head.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
  }
}
