import { expect, test } from 'vitest'
import { createEmbeddingStore } from './embeddingStore.ts'
import { fakeFolder } from './testing/fakes.ts'

const embedding = (value: number) => ({ dims: [1, 2, 2], data: Float32Array.from([value, 1, -2.5, 3]) })
/** Head and four values. */
const fileBytes = 32 + 16

test('an embedding comes back as it was, under a name that any disk takes', async () => {
  const folder = fakeFolder()
  const store = createEmbeddingStore(folder, 1000)
  await store.put('asset:ab/../c-d', embedding(7))
  expect(await store.get('asset:ab/../c-d')).toEqual(embedding(7))
  expect([...folder.files.keys()][0]).toMatch(/^[\w.-]+$/u)
  expect(await store.size()).toEqual({ pictures: 1, bytes: fileBytes })
})

test('the least recently used go first when the room is full', async () => {
  const store = createEmbeddingStore(fakeFolder(), fileBytes * 2)
  await store.put('a', embedding(1))
  await store.put('b', embedding(2))
  await store.get('a')
  await store.put('c', embedding(3))
  expect(await store.get('b')).toBeNull()
  expect((await store.get('a'))?.data[0]).toBe(1)
  expect((await store.get('c'))?.data[0]).toBe(3)
})

test('a file that was cut short, or is none of ours, counts as absent and goes', async () => {
  const folder = fakeFolder()
  const store = createEmbeddingStore(folder, 1000)
  for (const spoil of [(bytes: Uint8Array) => bytes.subarray(0, 40), (bytes: Uint8Array) => bytes.subarray(0, 3), (bytes: Uint8Array) => bytes.fill(0, 0, 4)]) {
    await store.put('a', embedding(1))
    const [name, file] = [...folder.files][0]!
    folder.files.set(name, { ...file, bytes: spoil(file.bytes) })
    expect(await store.get('a')).toBeNull()
    expect(folder.files.size).toBe(0)
  }
})

test('a disk that refuses costs nothing but the memory of it', async () => {
  const refuses = async () => { throw new Error('QuotaExceededError') }
  const store = createEmbeddingStore({ ...fakeFolder(), write: refuses }, 1000)
  await store.put('a', embedding(1))
  expect(await store.get('a')).toBeNull()
})

test('what is larger than all the room is not kept at the cost of everything else', async () => {
  const store = createEmbeddingStore(fakeFolder(), fileBytes)
  await store.put('a', embedding(1))
  await store.put('b', { dims: [100], data: new Float32Array(100) })
  expect(await store.get('a')).not.toBeNull()
})
