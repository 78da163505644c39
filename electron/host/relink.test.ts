import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { annotation, assetId, author, project, sound, submission } from '#shared/testing/records.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { compare, replay } from '#electron/storage/replay.ts'
import { relinkRecordings } from './relink.ts'

test('a transcript moves to its recording once that is there, and the log still replays to the tables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quorum-relink-'))
  const open = createProject(join(folder, 'p'), Date.now)
  try {
    const waiting = sound('waiting', { name: 'talks/Interview', findings: ['missing-media'] })
    const said = annotation('said', { asset: waiting.id, text: 'hello' })
    open.store.addNew('import', author('ada'), [project(), waiting, said, submission(waiting.id, author('ada'))])
    expect(relinkRecordings(open, author('ada'))).toBe(0)
    open.store.addNew('import', author('ada'), [sound('real', { name: 'wav/interview.wav' })])
    expect(relinkRecordings(open, author('ada'))).toBe(1)
    expect(open.store.records.read(said.id)).toEqual({ ...said, asset: assetId('real') })
    expect(open.store.records.read(waiting.id)).toBeUndefined()
    expect(open.store.records.read(submission(assetId('real'), author('ada')).id)).toMatchObject({ state: 'submitted' })
    expect(compare(open.store.db, replay(open.store.log))).toEqual([])
  } finally {
    open.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
