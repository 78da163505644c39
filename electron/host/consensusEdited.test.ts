import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Layer } from '#shared/model/author.ts'
import { invert } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import type { TierId } from '#shared/model/id.ts'
import type { Tier } from '#shared/model/tier.ts'
import { annotation, assetId, author, label, labelId, sound, submission } from '#shared/testing/records.ts'
import { request, testProject } from './fixture.ts'

const a = assetId('a')
const said = (start: number, end: number, of: string): Geometry => ({ kind: 'segment', tier: `tier:${of}` as TierId, start, end, rate: 1000 })
const tier = (name: string): Tier => ({ type: 'tier', id: `tier:${name}` as TierId, name, order: 0, parent: null, constraint: 'none', points: false, overlap: false })
const by = (person: string, geometry: Geometry, text: string) => annotation(`${person}1`, { layer: person as Layer, author: author(person), label: labelId('speech'), geometry, text })

/** Two people heard one stretch, and neither heard the words alike nor the same speaker. */
const work = [
  label('speech'), sound('a'), tier('left'), tier('right'),
  by('ada', said(100, 900, 'left'), 'come in please'), by('bo', said(100, 900, 'right'), 'coming police'), ...['ada', 'bo'].map((person) => submission(a, author(person))),
]

test('an answer of one’s own may be several things with tiers, flags and an order of their own, and is undone in one step', async () => {
  await using there = testProject(work)
  const host = await there.as('lea')
  const ended = new Promise<void>((resolve) => { host.on((event) => { if (event.kind === 'job' && event.job.state === 'done') resolve() }) })
  await host.ask('consensus.run', {})
  await ended
  const { rows: [row] } = await host.ask('consensus.disputes', {})
  const records = async () => (await host.ask('assets.open', { asset: a })).records
  const before = await records()
  const into = [
    { label: labelId('speech'), geometry: said(100, 480, 'right'), text: 'come in', flags: ['difficult' as const] },
    { label: labelId('speech'), geometry: said(480, 900, 'left'), text: 'please', attributes: { quality: 'noisy' } },
  ]
  const { change, verdict } = await host.ask('consensus.decide', { asset: a, key: row!.key, decision: { kind: 'edited', into } })
  const finals = (await records()).filter((record): record is Annotation => record.type === 'annotation' && record.layer === 'final').sort((one, other) => one.order - other.order)
  expect(finals.map(({ geometry, text, flags, attributes }) => ({ geometry, text, flags, attributes }))).toEqual([
    { geometry: into[0]!.geometry, text: 'come in', flags: ['difficult'], attributes: {} }, { geometry: into[1]!.geometry, text: 'please', flags: [], attributes: { quality: 'noisy' } },
  ])
  expect(finals[0]!.order).toBeLessThan(finals[1]!.order)
  expect(verdict.about).toMatchObject({ decision: 'edited', into: finals.map(({ id }) => id) })
  await host.ask('changes.apply', request(invert(change.diff), { intent: { kind: 'undo', target: change.id } }))
  expect(await records()).toEqual(before)
  expect((await host.ask('consensus.disputes', {})).rows[0]!.key).toBe(row!.key)
})
