import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { CheckReport } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { assetFile } from '#electron/media/serve.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import { mediaRoots } from './projectSink.ts'

/** Whether every item's file is there and has the bytes it came with. */
export async function checkMedia(project: OpenProject, state: ReadonlyMap<string, AnyRecord>): Promise<CheckReport['findings']> {
  const findings: CheckReport['findings'] = []
  const roots = mediaRoots(project)
  for (const record of state.values()) {
    if (record.type !== 'asset') continue
    let path = record.source.path
    try {
      path = await assetFile(record, project.media, roots)
      const hash = createHash('sha256')
      await pipeline(createReadStream(path), hash)
      if (hash.digest('hex') !== record.hash) findings.push({ code: 'media-changed', message: `${record.name}: ${path} is not the file that was imported.`, repaired: false })
    } catch (error) {
      const message = error instanceof QuorumError ? error.message : `${record.name}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`
      findings.push({ code: 'media-missing', message, repaired: false })
    }
  }
  return findings
}
