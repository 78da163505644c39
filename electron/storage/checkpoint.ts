import type { Db } from './database.ts'

/** After this long without a change the write-ahead log is folded into the database. */
const restMs = 1500
/** Pages of 4 KiB after which a commit folds it in itself, whether there is a rest or not: 32 MiB. */
const mostPages = 8000

export interface Checkpoints {
  /** A change was committed. */
  committed(): void
}

/**
 * Folding the write-ahead log into the database costs two more syncs; SQLite would do it inside every hundredth
 * commit or so, where a person waits for it. Here it is done when the hand rests. A crash before that loses nothing:
 * the log itself is synced at each commit.
 */
export function checkpoints(db: Db): Checkpoints {
  let timer: NodeJS.Timeout | null = null
  if (!db.readonly) db.pragma(`wal_autocheckpoint = ${mostPages}`)
  const fold = () => {
    timer = null
    if (db.open && !db.inTransaction) db.pragma('wal_checkpoint(PASSIVE)')
  }
  return {
    committed() {
      if (timer) timer.refresh()
      else timer = setTimeout(fold, restMs).unref()
    },
  }
}
