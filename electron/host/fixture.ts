import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Input } from '#shared/contract/api.ts'
import type { HostEvent } from '#shared/contract/events.ts'
import type { ChangeRequest } from '#shared/model/change.ts'
import type { Author } from '#shared/model/author.ts'
import type { Diff } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { assetId, author, project } from '#shared/testing/records.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { createHost, type Host, type HostOptions } from './host.ts'

export const request = (diff: Diff, parts: Partial<ChangeRequest> = {}): ChangeRequest => ({
  id: newChangeId(), name: 'test', asset: assetId('a'), intent: { kind: 'do' }, durationMs: null, diff, ...parts,
})

/** A project with these records on the disk and hosts for it, one at a time; all goes away at the end of the scope. */
export function testProject(records: readonly AnyRecord[], parts: Parameters<typeof project>[0] = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'quorum-host-'))
  const path = join(folder, 'p')
  createProject(path, Date.now, (store) => void store.addNew('create project', author('quorum'), [project(parts), ...records])).close()
  let last: Host | null = null
  return {
    folder, path,
    /** A window of this person. */
    async as(name: string, options: Pick<HostOptions, 'runner'> = {}): Promise<Host> {
      await last?.close()
      last = createHost({ dataDir: join(folder, 'data'), version: '0', as: name as Author, ...options })
      await last.open(path, 'write')
      return last
    },
    async [Symbol.asyncDispose]() {
      await last?.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs consensus to its end. */
export async function runConsensus(host: Host, input: Input<'consensus.run'> = {}): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    host.on((event: HostEvent) => {
      if (event.kind !== 'job' || event.job.state === 'running') return
      if (event.job.state === 'done') resolve()
      else reject(new Error(event.job.message))
    })
  })
  await host.ask('consensus.run', input)
  await ended
}
