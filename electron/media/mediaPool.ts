import { extname } from 'node:path'
import { WorkerPool } from '#electron/jobs/pool.ts'
import type { MediaTasks } from './tasks.ts'

export type MediaPool = WorkerPool<MediaTasks>

/** The worker threads that decode. One pool a host: close it when the host closes. */
export const createMediaPool = (options: { size?: number; timeoutMs?: number } = {}): MediaPool =>
  new WorkerPool<MediaTasks>({ url: new URL(`./worker${extname(import.meta.url)}`, import.meta.url), ...options })
