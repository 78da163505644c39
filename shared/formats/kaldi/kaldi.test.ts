import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesInput, filesOf, heard, roundTrip, snapshotOf } from '../timed/sampleRecording.ts'
import { kaldi } from './kaldi.ts'
import { byBytes } from './write.ts'

// kaldi-asr.org/doc/data_prep.html, the files of the Switchboard recipe that it shows.
const documented = {
  'train/segments': 'sw02001-A_000098-001156 sw02001-A 0.98 11.56\nsw02001-A_001980-002131 sw02001-A 19.8 21.31\nsw02001-B_001159-001980 sw02001-B 11.59 19.8\n',
  'train/text': 'sw02001-A_000098-001156 HI UM YEAH I\'D LIKE TO TALK ABOUT HOW YOU DRESS FOR WORK AND\nsw02001-A_001980-002131 UM-HUM\nsw02001-B_001159-001980 <NOISE>\n',
  'train/utt2spk': 'sw02001-A_000098-001156 2001-A\nsw02001-A_001980-002131 2001-A\nsw02001-B_001159-001980 2001-B\n',
  'train/wav.scp': 'sw02001-A wav/sw02001-A.wav\nsw02001-B wav/sw02001-B.wav\n',
}

test('the example of the documentation, and back', async () => {
  const { first, second, written, files } = await roundTrip(kaldi, documented)
  expect(first.failed).toEqual([])
  expect(heard(first)[1]).toEqual({ media: 'wav/sw02001-A.wav', tier: '2001-A', start: 19800, end: 21310, text: 'UM-HUM', label: null })
  expect(heard(second)).toEqual(heard(first))
  expect(written.losses).toEqual([])
  // Its speakers do not begin the utterances' names, which validate_data_dir.sh refuses.
  expect(files['utt2spk']!.split('\n')[0]).toBe('2001-A-sw02001-A_000098-001156 2001-A')
  expect(files['spk2utt']).toBe('2001-A 2001-A-sw02001-A_000098-001156 2001-A-sw02001-A_001980-002131\n2001-B 2001-B-sw02001-B_001159-001980\n')
})

test('without segments every recording is one utterance', async () => {
  const { first, second } = await roundTrip(kaldi, { 'wav.scp': 'u1 a/u1.wav\nu2 a/u2.wav\n', text: 'u1 one\nu2 zwei ü\n', utt2spk: 'u1 u1\nu2 s\n' })
  expect(first.items.map(({ media, metadata, annotations }) => [media.path, metadata, annotations.map(({ geometry, text }) => [geometry.kind, text])])).toEqual([
    ['a/u1.wav', { speaker: 'u1' }, [['item', 'one']]], ['a/u2.wav', { speaker: 's' }, [['item', 'zwei ü']]],
  ])
  expect(second.items.map(({ annotations }) => annotations.map(({ text }) => text)).sort()).toEqual([['one'], ['zwei ü']])
})

test('pipes, archives, -1 and rows that belong nowhere are told; the rest is read', async () => {
  const { failed, items } = await kaldi.parse(bytesInput({
    'wav.scp': 'a sph2pipe -f wav x.sph |\nb foo.ark:1234\nc c.wav\nd\nc twice.wav\n', segments: 'u1 a 0 1\nu2 c 0 -1\nu3 c 2 1\nu4 c 0\nu5 c 0.5 1.25\n', text: 'u5 here\nu9 nowhere\n', spk2utt: 'S u5 u4\n',
  }))
  expect(failed.map(({ place, code }) => [place, code])).toEqual([
    ['wav.scp, line 5', 'duplicate-id'], ['wav.scp, line 1', 'pipe'], ['wav.scp, line 2', 'unsupported'], ['wav.scp, line 4', 'unsupported'], ['segments, line 1', 'no-recording'],
    ['segments, line 2', 'not-a-time'], ['segments, line 3', 'ends-before-start'], ['segments, line 4', 'wrong-columns'], ['text, line 2', 'unknown-utterance'],
  ])
  expect(items[0]!.annotations).toMatchObject([{ text: 'here', geometry: { tier: 'S', start: 500, end: 1250 } }])
})

const speaker = fc.oneof(fc.constantFrom('a', 'a!', 'a-b', 'a_b', 'A', 'Zoë', '😀', '～', 'x y', 'a-'), fc.string({ minLength: 1, maxLength: 5 }).filter((name) => name.trim() === name && name !== ''))
const rows = fc.array(fc.record({ recording: fc.constantFrom('r1', 'r 2', 'q/r1'), tier: speaker, start: fc.nat(5000), length: fc.integer({ min: 1, max: 900 }), text: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('<s>', 'a #0 b', '')) }), { minLength: 1, maxLength: 12 })

test('what is written passes the checks of validate_data_dir.sh, and is read again', async () => {
  await fc.assert(fc.asyncProperty(rows, async (wanted) => {
    const tiers = [...new Set(wanted.map(({ tier }) => tier))].map((name) => ({ name, constraint: 'none' as const, points: false, overlap: true }))
    const items = [...Map.groupBy(wanted, ({ recording }) => recording)].map(([recording, members]) => ({
      media: { path: `${recording}.wav`, exact: true }, source: { file: '', place: '' }, width: null, height: null, units: 'pixel' as const, split: null, metadata: {}, relations: [],
      annotations: members.map(({ tier, start, length, text }, order) => ({
        label: null, geometry: { kind: 'segment' as const, tier, start, end: start + length, rate: 1000 }, attributes: {}, text, direction: 'auto' as const, language: null, order, flags: [], draft: false, group: null,
        provenance: { by: 'import' as const, format: 'x', source: '', sourceId: null, extra: {} },
      })),
    }))
    const written = kaldi.serialize(snapshotOf({ labels: [], tiers, items, failed: [], notes: [], extra: {} }))
    const files = filesOf(written)
    const table = (name: string) => files[name]!.split('\n').slice(0, -1).map((line) => line.split(' '))
    for (const name of ['wav.scp', 'segments', 'text', 'utt2spk', 'spk2utt']) {
      const keys = table(name).map(([key]) => key!)
      expect(new Set(keys).size, name).toBe(keys.length)
      expect([...keys].sort(byBytes), name).toEqual(keys)
    }
    const pairs = table('utt2spk') as [string, string][]
    expect([...pairs].sort((a, b) => byBytes(a[1], b[1]) || byBytes(a[0], b[0]))).toEqual(pairs)
    expect(table('spk2utt').flatMap(([name, ...members]) => members.map((each) => [each, name]))).toEqual(pairs)
    expect(table('text').map(([key]) => key)).toEqual(pairs.map(([key]) => key))
    expect(table('segments').every((row) => row.length === 4 && Number(row[3]) > Number(row[2]))).toBe(true)
    expect([...new Set(table('segments').map((row) => row[1]!))].sort(byBytes)).toEqual(table('wav.scp').map(([key]) => key))
    expect(files['text']).not.toMatch(/(?<=^|\W)(?:<s>|<\/s>|#0)(?=\W|$)/mu)
    const read = await kaldi.parse(bytesInput(files))
    expect(read.failed).toEqual([])
    expect(heard(read).map(({ start, end }) => `${start}-${end}`).sort()).toEqual(wanted.map(({ start, length }) => `${start}-${start + length}`).sort())
  }), { numRuns: 200 })
})
