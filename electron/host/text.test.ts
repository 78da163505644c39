import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { annotation, author, image, project } from '#shared/testing/records.ts'
import type { Layer } from '#shared/model/author.ts'
import { createProject } from '#electron/storage/projectFolder.ts'
import { createHost } from './host.ts'

async function vocabularyOf(visibility: 'open' | 'blind') {
  const folder = mkdtempSync(join(tmpdir(), 'quorum-text-'))
  const open = createProject(join(folder, 'p'), Date.now)
  const ben = { layer: 'ben' as Layer, author: author('ben') }
  open.store.addNew('import', author('ada'), [
    project({ visibility }), image('a'), annotation('one', { text: 'the colour of the river' }), annotation('two', { text: 'colour' }),
    annotation('three', { text: 'secret', ...ben }), annotation('draft', { text: 'guess', draft: true }), annotation('none'),
  ])
  open.close()
  const host = createHost({ dataDir: join(folder, 'data'), version: '0', as: author('ada'), remember: false })
  try {
    await host.open(join(folder, 'p'), 'write')
    return (await host.ask('text.vocabulary', { limit: 100 })).words
  } finally {
    await host.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

test('the words of the project, the most frequent first; drafts are not among them', async () => {
  expect((await vocabularyOf('open')).slice(0, 3)).toEqual([{ word: 'colour', count: 2 }, { word: 'the', count: 2 }, { word: 'of', count: 1 }])
})

test('in a blind project nobody learns another’s words', async () => {
  expect((await vocabularyOf('blind')).map(({ word }) => word)).not.toContain('secret')
})
