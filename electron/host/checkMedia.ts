import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { CheckReport } from '#shared/contract/api.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'

/** Whether every item's file is there and has the bytes it came with. */
export async function checkMedia(project: OpenProject, state: ReadonlyMap<string, AnyRecord>): Promise<CheckReport['findings']> {
  const findings: CheckReport['findings'] = []
  for (const record of state.values()) {
    if (record.type !== 'asset') continue
    const path = isAbsolute(record.source.path) ? record.source.path : join(project.folder, record.source.path)
    try {
      const hash = createHash('sha256')
      await pipeline(createReadStream(path), hash)
      if (hash.digest('hex') !== record.hash) findings.push({ code: 'media-changed', message: `${record.name}: ${path} is not the file that was imported.`, repaired: false })
    } catch (error) {
      findings.push({ code: 'media-missing', message: `${record.name}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, repaired: false })
    }
  }
  return findings
}
