import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { writeFileAtomically } from '#electron/storage/atomicFile.ts'

const Measured = z.object({ ms: z.number(), backend: z.string() })
export type Measured = z.infer<typeof Measured>
const File = z.record(z.string(), Measured)

/** What models took on this machine, by their hash; kept in `<dataDir>/models/.measured.json`. */
export class Measurements {
  readonly #path: string

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'models', '.measured.json')
  }

  get(hash: string): Measured | null {
    return this.#read()[hash] ?? null
  }

  keep(hash: string, measured: Measured): void {
    try {
      writeFileAtomically(this.#path, JSON.stringify({ ...this.#read(), [hash]: measured }))
    } catch {
      // A figure that cannot be kept is measured again.
    }
  }

  #read(): Record<string, Measured> {
    try {
      return File.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch {
      return {}
    }
  }
}
