import type { Db } from './database.ts'
import { visible, type Viewer } from './assetQueries.ts'

/** One page of the texts that the viewer may see, by id; drafts are nobody's words yet. */
export function textsOf(db: Db, viewer: Viewer, after: string, limit: number): { id: string; text: string }[] {
  const seen = visible(viewer)
  return db.prepare(
    `SELECT n.id, n.text FROM annotations n JOIN assets a ON a.id = n.asset WHERE n.id > @after AND n.text IS NOT NULL AND n.draft = 0 AND ${seen} ORDER BY n.id LIMIT @limit`,
  ).all({ after, limit, ...(seen.includes('@me') ? { me: viewer.me } : {}) }) as { id: string; text: string }[]
}
