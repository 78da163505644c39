import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { Author } from '#shared/model/author.ts'
import { emptyDiff } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import { submissionId, type Submission } from '#shared/model/submission.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import type { OpenProject } from '#electron/storage/projectFolder.ts'
import { assetsOf } from './projectSink.ts'

/**
 * Transcripts that came in without their recording move to it once it is there: the sound whose name, without folder
 * and ending, is the same, if there is just one. Times stay as they are. Answers how many items found theirs.
 */
export function relinkRecordings({ store }: OpenProject, author: Author): number {
  const all = [...assetsOf({ store })]
  const waiting = all.filter(({ findings }) => findings.includes('missing-media'))
  if (waiting.length === 0) return 0
  const sounds = Map.groupBy(all.filter(({ kind, findings }) => kind === 'audio' && !findings.includes('missing-media')), stemOf)
  let found = 0
  for (const item of waiting) {
    const [recording, another] = sounds.get(stemOf(item)) ?? []
    if (!recording || another) continue
    found++
    const diff = emptyDiff()
    diff.removed[item.id] = item
    const on = <Row>(table: string) => (store.db.prepare(`SELECT record FROM ${table} WHERE asset = ?`).pluck().all(item.id) as string[]).map((text) => JSON.parse(text) as Row)
    for (const record of [...on<Annotation>('annotations'), ...on<Relation>('relations'), ...on<Verdict>('verdicts')]) diff.updated[record.id] = [record, { ...record, asset: recording.id }]
    for (const record of on<Submission>('submissions')) {
      const moved: Submission = { ...record, asset: recording.id, id: submissionId(recording.id, record.author) }
      diff.removed[record.id] = record
      diff.added[moved.id] = moved
    }
    store.apply({ id: newChangeId(), name: `find the recording of ${item.name}`.slice(0, 200), asset: null, intent: { kind: 'do' }, durationMs: null, diff }, author)
  }
  return found
}

const stemOf = ({ name }: Asset) => name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/u, '').toLowerCase()
