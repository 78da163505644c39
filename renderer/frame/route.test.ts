import { expect, test } from 'vitest'
import type { AssetId } from '#shared/model/id.ts'
import { hashOf, parseRoute } from './route.ts'

test('an address leads back to where it was made', () => {
  const asset = 'asset:0123456789abcdef' as AssetId
  expect(parseRoute(hashOf('label', asset))).toEqual({ view: 'label', asset })
  expect(parseRoute(hashOf('export'))).toEqual({ view: 'export', asset: null })
})

test.each(['', '#', '#/', '#projects', '#/Über'])('%j is no address of a view', (hash) => expect(parseRoute(hash)).toBeNull())
test('an item that is none, or a broken escape, leaves the view', () => {
  expect(parseRoute('#/label/nonsense')).toEqual({ view: 'label', asset: null })
  expect(parseRoute('#/label/%E0%A4%A')).toEqual({ view: 'label', asset: null })
})
