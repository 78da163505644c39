import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { keepVector, readVectors, vectorsStamp } from './vectorFile.ts'

const cache = mkdtempSync(join(tmpdir(), 'quorum-vectors-'))
afterEach(() => rmSync(join(cache, 'embeddings'), { recursive: true, force: true }))
const [a, b] = ['aa'.repeat(32), 'bb'.repeat(32)]

test('vectors come back by the hash of the file, the later of two; a model is a file', () => {
  expect(readVectors(cache)).toEqual([])
  keepVector(cache, 'clip-0123', a, [1, 0])
  const stamp = vectorsStamp(cache)
  keepVector(cache, 'clip-0123', b, [0, 1])
  keepVector(cache, 'clip-0123', a, [0.5, -0.5])
  keepVector(cache, 'dino-4567', a, [1, 2, 3])
  expect(vectorsStamp(cache)).not.toBe(stamp)
  expect(readVectors(cache).map((rows) => Object.fromEntries(rows))).toEqual([{ [a]: Float32Array.of(0.5, -0.5), [b]: Float32Array.of(0, 1) }, { [a]: Float32Array.of(1, 2, 3) }])
})

test('a row that a crash tore off is no row, and the next one is whole', () => {
  keepVector(cache, 'clip-0123', a, [1, 0])
  appendFileSync(join(cache, 'embeddings', readdirSync(join(cache, 'embeddings'))[0]!), Buffer.alloc(7, 1))
  expect(readVectors(cache)[0]!.size).toBe(1)
  keepVector(cache, 'clip-0123', b, [0, 1])
  expect([...readVectors(cache)[0]!.keys()]).toEqual([a, b])
})

test('a key that is a path is refused', () => {
  expect(() => keepVector(cache, '../elsewhere', a, [1])).toThrow('no key of a model')
})
