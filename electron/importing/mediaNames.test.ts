import { expect, test } from 'vitest'
import type { AssetId } from '#shared/model/id.ts'
import { MediaNames } from './mediaNames.ts'

const names = new MediaNames()
for (const name of ['train/a.jpg', 'val/a.jpg', 'images/b.jpg', 'old/images/b.jpg', 'C.PNG', 'c.png', 'deep/d.tar.jpg', 'nosuffix']) names.add(name, `asset:${name}` as AssetId)

test.each<[string, boolean, string | null]>([
  ['train/a.jpg', true, 'train/a.jpg'], ['data/val/a.jpg', true, 'val/a.jpg'], ['VAL/A.JPG', true, 'val/a.jpg'], ['val/a', false, 'val/a.jpg'], ['.\\val\\a.jpg', true, 'val/a.jpg'],
  ['images/b.jpg', true, 'images/b.jpg'], ['old/images/b.jpg', true, 'old/images/b.jpg'], ['c.png', true, 'c.png'], ['C.PNG', true, 'C.PNG'], ['d.tar', false, 'deep/d.tar.jpg'],
  ['nosuffix', true, 'nosuffix'], ['e.jpg', true, null], ['a', true, null], ['', true, null],
])('%s', (path, exact, name) => {
  const match = names.find(path, exact)
  expect(match.found === 'one' ? match.asset : null).toBe(name === null ? null : `asset:${name}`)
})

test('a name that two have is not guessed', () => {
  expect(names.find('a.jpg', true)).toEqual({ found: 'several', names: ['train/a.jpg', 'val/a.jpg'] })
  expect(names.find('test/a.jpg', true).found).toBe('several')
})
