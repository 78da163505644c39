import { expect, test } from 'vitest'
import { exportNames, safeSegment } from './naming.ts'
import { sampleAsset } from './samples.ts'

const names: [pathology: string, name: string, safe: string][] = [
  ['a newline', 'a\nb.jpg', 'a%0Ab.jpg'], ['what Windows refuses', 'a<b>:"|?*\\.jpg', 'a%3Cb%3E%3A%22%7C%3F%2A%5C.jpg'], ['a device', 'con.jpg', '_con.jpg'], ['a dot at the end', 'a.', 'a%2E'],
  ['the folder above', '..', '%2E%2E'], ['a hidden file', '.a.jpg', '%2Ea.jpg'], ['decomposed letters', 'u\u0308.jpg', 'ü.jpg'], ['a percent sign', '100%.jpg', '100%.jpg'], ['half a character', 'a\uD800.jpg', 'a\uFFFD.jpg'],
]
test.each(names)('%s', (_, name, safe) => {
  expect(safeSegment(name)).toBe(safe)
})

test('long names keep their ending and fit', () => {
  const name = safeSegment(`${'長'.repeat(200)}.jpg`)
  expect(name.endsWith('長.jpg')).toBe(true)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180)
})

test('one name twice becomes two, whatever the order; folders cannot be left', () => {
  const assets = [sampleAsset(1, 'a/../../x.jpg'), sampleAsset(2, 'b/X.jpg'), sampleAsset(3, 'b/x.jpg'), sampleAsset(4, 'photo')]
  const found = exportNames(assets, false)
  expect([...found.values()].sort()).toEqual(['a/%2E%2E/%2E%2E/x.jpg', 'b/X.jpg', 'b/x-00000003.jpg', 'photo.jpg'])
  expect(exportNames([...assets].reverse(), false)).toEqual(found)
})
