import { expect, test } from 'vitest'
import type { ChangeRequest } from '#shared/model/change.ts'
import { adding, emptyDiff } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import { annotation, assetId } from '#shared/testing/records.ts'
import { createSaveQueue } from './saveQueue.ts'
import { storageShelf, type Storage } from './shelf.ts'

function storage(capacity = Infinity): Storage & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    get length() { return entries.size },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem(key, value) {
      if (value.length > capacity) throw new Error('QuotaExceededError')
      entries.set(key, value)
    },
    removeItem: (key) => void entries.delete(key),
  }
}
const change = (name: string): ChangeRequest => ({ id: newChangeId(), name, asset: assetId('a'), intent: { kind: 'do' }, durationMs: null, diff: emptyDiff() })
const names = (requests: readonly ChangeRequest[]) => requests.map(({ name }) => name)
const never = () => new Promise<never>(() => undefined)
const turn = () => new Promise((resolve) => setTimeout(resolve))

test('a page that is killed while changes are on their way finds them all again, in their order', async () => {
  const browser = storage()
  const killed = createSaveQueue({ send: never, shelf: storageShelf(browser, 'project:a ada') })
  for (const name of ['one', 'two', 'three']) killed.push(change(name), () => undefined)
  const sent: ChangeRequest[] = []
  const next = createSaveQueue({ send: async (request) => { sent.push(request); return [] }, shelf: storageShelf(browser, 'project:a ada') })
  await next.settled()
  expect(names(sent)).toEqual(['one', 'two', 'three'])
  expect(browser.entries.size).toBe(0)
})

test('two windows keep their changes beside each other', () => {
  const browser = storage()
  const [first, second] = [storageShelf(browser, 'project:a ada'), storageShelf(browser, 'project:a ada')]
  first.keep([change('first')])
  second.keep([change('second')])
  second.keep([])
  expect(names(storageShelf(browser, 'project:a ada').load())).toEqual(['first'])
})

test('what waits for one project and person is nobody else’s', () => {
  const browser = storage()
  storageShelf(browser, 'project:a ada').keep([change('hers')])
  expect(storageShelf(browser, 'project:a bob').load()).toEqual([])
  expect(storageShelf(browser, 'project:b ada').load()).toEqual([])
})

test('one entry that cannot be read is put aside; the others are sent', () => {
  const browser = storage()
  storageShelf(browser, 'p').keep([change('good')])
  browser.setItem('unsaved p 000000000000000-000000 change:x', '{"id":')
  expect(names(storageShelf(browser, 'p').load())).toEqual(['good'])
  expect([...browser.entries.keys()].filter((key) => key.startsWith('unreadable '))).toHaveLength(1)
})

test('a full storage stops neither drawing nor saving', async () => {
  const sent: string[] = []
  const queue = createSaveQueue({ send: async ({ name }) => { sent.push(name); return [] }, shelf: storageShelf(storage(0), 'p') })
  queue.push({ ...change('draw'), diff: adding(annotation('one')) }, () => undefined)
  await queue.settled()
  expect(sent).toEqual(['draw'])
})

test('a queue that is closed sends nothing more and leaves the rest on the shelf', async () => {
  const browser = storage()
  const sent: string[] = []
  let answer: () => void = () => undefined
  const queue = createSaveQueue({
    send: ({ name }) => { sent.push(name); return new Promise((resolve) => { answer = () => resolve([]) }) }, shelf: storageShelf(browser, 'p'),
  })
  for (const name of ['one', 'two']) queue.push(change(name), () => undefined)
  queue.close()
  answer()
  await turn()
  expect(sent).toEqual(['one'])
  expect(names(storageShelf(browser, 'p').load())).toEqual(['two'])
})
