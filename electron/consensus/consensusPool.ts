import { extname } from 'node:path'
import { WorkerPool } from '#electron/jobs/pool.ts'
import type { ConsensusTasks } from './tasks.ts'

export type ConsensusPool = WorkerPool<ConsensusTasks>

/** The thread that holds a project's work in memory and measures and estimates it; one, because what it has learned stays in it. */
export const createConsensusPool = (): ConsensusPool =>
  new WorkerPool<ConsensusTasks>({ url: new URL(`./worker${extname(import.meta.url)}`, import.meta.url), size: 1, timeoutMs: 30 * 60_000 })
