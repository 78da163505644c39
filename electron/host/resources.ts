import { join } from 'node:path'
import { createConsensusPool, type ConsensusPool } from '#electron/consensus/consensusPool.ts'
import { fileJournal, type JobJournal } from '#electron/jobs/journal.ts'
import { JobQueue } from '#electron/jobs/queue.ts'
import { sharedJournal } from '#electron/jobs/sharedJournal.ts'
import { Displays } from '#electron/media/display.ts'
import { createMediaPool, type MediaPool } from '#electron/media/mediaPool.ts'
import { Sounds } from '#electron/media/sounds.ts'
import { Thumbnails } from '#electron/media/thumbnail.ts'
import { IncomingWatch } from '#electron/prelabel/incomingWatch.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import type { Delivery, HostContext } from './context.ts'
import { draftCommit } from './drafting.ts'

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

export function resourcesOf(project: OpenProject, { emit, now, delivery }: Pick<HostContext, 'emit' | 'now' | 'delivery'>): Resources {
  const pool = createMediaPool()
  const consensus = createConsensusPool()
  const journal = journalOf(project, delivery)
  const jobs = new JobQueue({ emit: (job) => emit({ kind: 'job', job }), ...(journal ? { journal } : {}) })
  const incoming = project.readOnly === null ? new IncomingWatch({ project, now, commit: draftCommit(project, emit) }) : null
  return {
    jobs, pool, consensus, displays: new Displays(pool, project.cache), thumbnails: new Thumbnails(pool, project.cache), sounds: new Sounds(pool, project.cache),
    async close() {
      await Promise.all([jobs.close(), incoming?.close()])
      await Promise.all([pool.close(), consensus.close()])
    },
  }
}

/** A project that can only be read remembers nothing; one that many work on at once, each in a place of its own. */
function journalOf(project: OpenProject, delivery: Delivery): JobJournal | null {
  const main = join(project.folder, 'cache', 'jobs.json')
  if (delivery.kind === 'hand-over') return sharedJournal(join(project.folder, 'cache'), main)
  return project.readOnly === null ? fileJournal(main) : null
}
