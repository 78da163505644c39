import { expect, test } from 'vitest'
import { joinSchema } from './schemaJoin.ts'

const tier = (name: string, parent: string | null = null) => ({ name, parent, constraint: 'none' as const, points: false, overlap: false })

test('a tier finds its parent, which may stand after it or be in the project already', () => {
  const first = joinSchema({ labels: [], tiers: [tier('words', 'Ada'), tier('Ada'), tier('notes', 'nobody')] }, [], [], () => ({ color: '#000000', glyph: 'dot' }))
  const records = first.records.flatMap((record) => (record.type === 'tier' ? [record] : []))
  expect(records.map(({ name, parent }) => [name, parent])).toEqual([['words', first.tiers.get('Ada')], ['Ada', null], ['notes', null]])
  const second = joinSchema({ labels: [], tiers: [tier('Ada'), tier('glosses', 'Ada')] }, [], records, () => ({ color: '#000000', glyph: 'dot' }))
  expect(second.records).toMatchObject([{ name: 'glosses', parent: first.tiers.get('Ada'), order: 3 }])
})
