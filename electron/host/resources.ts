import { join } from 'node:path'
import type { HostEvent } from '#shared/contract/events.ts'
import { createConsensusPool, type ConsensusPool } from '#electron/consensus/consensusPool.ts'
import { fileJournal } from '#electron/jobs/journal.ts'
import { JobQueue } from '#electron/jobs/queue.ts'
import { Displays } from '#electron/media/display.ts'
import { createMediaPool, type MediaPool } from '#electron/media/mediaPool.ts'
import { Sounds } from '#electron/media/sounds.ts'
import { Thumbnails } from '#electron/media/thumbnail.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'

/** What works for the open project and ends with it: jobs, decoded media, and what was learned of its people. */
export interface Resources {
  readonly jobs: JobQueue
  readonly displays: Displays
  readonly thumbnails: Thumbnails
  readonly sounds: Sounds
  readonly pool: MediaPool
  readonly consensus: ConsensusPool
  close(): Promise<void>
}

export function resourcesOf(project: OpenProject, emit: (event: HostEvent) => void): Resources {
  const pool = createMediaPool()
  const consensus = createConsensusPool()
  const journal = project.readOnly === null ? { journal: fileJournal(join(project.folder, 'cache', 'jobs.json')) } : {}
  const jobs = new JobQueue({ emit: (job) => emit({ kind: 'job', job }), ...journal })
  return {
    jobs, pool, consensus, displays: new Displays(pool, project.cache), thumbnails: new Thumbnails(pool, project.cache), sounds: new Sounds(pool, project.cache),
    async close() {
      await jobs.close()
      await Promise.all([pool.close(), consensus.close()])
    },
  }
}
