import { expect, test } from 'vitest'
import { audiofolder } from '../audiofolder/audiofolder.ts'
import { commonVoice } from '../commonVoice/commonVoice.ts'
import type { Parsed } from '../format.ts'
import { bytesInput, filesOf, roundTrip, snapshotOf } from './sampleRecording.ts'

const texts = (parsed: Parsed) => parsed.items.map(({ media, metadata, annotations }) => ({ path: media.path, metadata, texts: annotations.map(({ text, language }) => [text, language]) }))

// The header of a release's validated.tsv; quotes as they stand in German sentences of the corpus (CorporaCreator, preprocessors/de.py).
const header = 'client_id\tpath\tsentence\tup_votes\tdown_votes\tage\tgender\taccents\tlocale\tsegment'
const release = `${header}\nabc\tcommon_voice_de_1.mp3\t"""Er sagte: ""Nein""."\t2\t0\ttwenties\tmale\t\tde\t\nabd\tcommon_voice_de_2.mp3\tZüge \\ fahren\t3\t1\t\t\t\tde\tBenchmark\n`

test('Common Voice: nothing is quoted, so every quote is the sentence\'s; the bytes come back', async () => {
  const { first, second, files, written } = await roundTrip(commonVoice, { 'de/validated.tsv': release, 'de/train.tsv': release, 'de/clip_durations.tsv': 'clip\tduration[ms]\nx.mp3\t5\n' })
  expect(first.failed).toEqual([])
  expect(texts(first)[0]).toEqual({
    path: 'de/clips/common_voice_de_1.mp3', texts: [['"""Er sagte: ""Nein""."', 'de']],
    metadata: { bucket: 'validated', client_id: 'abc', up_votes: 2, down_votes: 0, age: 'twenties', gender: 'male', locale: 'de' },
  })
  expect(first.items.map(({ split }) => split)).toEqual(['train', 'train'])
  expect(written.losses.map(({ code }) => code)).toEqual([])
  expect(texts(second).map((each) => each.texts)).toEqual(texts(first).map((each) => each.texts))
  expect(files['validated.tsv']).toBe(release)
})

test('Common Voice: rows of another width, and without a path, cost themselves alone', async () => {
  const { failed, items } = await commonVoice.parse(bytesInput({ 'train.tsv': `${header}\na\tb\tc\na\t\ts\t0\t0\t\t\t\tde\t\n\na\tx.mp3\tgood\t0\t0\t\t\t\tde\t\n` }))
  expect(failed.map(({ place, code }) => [place, code])).toEqual([['line 2', 'wrong-columns'], ['line 3', 'missing-field']])
  expect(items).toHaveLength(1)
})

// huggingface.co/docs/datasets/audio_dataset, "AudioFolder".
const documented = '{"file_name": "first_audio_file.mp3", "transcription": "znowu się duch z ciałem zrośnie w młodocianej wstaniesz wiosnie"}\n{"file_name": "sub/second.mp3", "transcription": "a\\u2028b\\n", "speaker_id": 7, "words": [{"w": "a"}]}\n'

test('AudioFolder: the example of the documentation, other columns, any text that JSON holds', async () => {
  const { first, second, written } = await roundTrip(audiofolder, { 'data/train/metadata.jsonl': documented })
  expect(first.items[0]).toMatchObject({ media: { path: 'data/train/first_audio_file.mp3' }, split: 'train' })
  expect(texts(first)[1]).toMatchObject({ metadata: { speaker_id: 7 }, texts: [['a\u2028b\n', null]] })
  expect(written.losses).toEqual([])
  expect(second.items[1]!.annotations[0]!.provenance.extra).toEqual({ words: [{ w: 'a' }] })
  expect(texts(second).map((each) => [each.metadata, each.texts])).toEqual(texts(first).map((each) => [each.metadata, each.texts]))
})

test('AudioFolder: metadata.csv, lines that are no JSON, rows without a file', async () => {
  const { failed, items } = await audiofolder.parse(bytesInput({
    'a/metadata.csv': 'file_name,transcription\n1.wav,"one, two"\n2.wav\n', 'b/metadata.jsonl': '{"transcription": "lost"}\n[1]\n{"file_name": "3.wav", "transcription": "x", "p": NaN}\n{"file_',
  }))
  expect(failed.map(({ file, place, code }) => [file, place, code])).toEqual([
    ['a/metadata.csv', 'line 3', 'wrong-columns'], ['b/metadata.jsonl', 'line 2', 'not-json'], ['b/metadata.jsonl', 'line 4', 'not-json'], ['b/metadata.jsonl', 'line 1', 'missing-field'],
  ])
  expect(items.map(({ annotations }) => annotations[0]!.text)).toEqual(['one, two', 'x'])
})

test('segments become clips with their times; what cannot be cut or says nothing is named', () => {
  const segment = (start: number, end: number, text: string | null) => ({
    label: null, geometry: { kind: 'segment' as const, tier: 'Ada', start, end, rate: 1000 }, attributes: {}, text, direction: 'auto' as const, language: null, order: start, flags: [], draft: false, group: null,
    provenance: { by: 'import' as const, format: 'x', source: '', sourceId: null, extra: {} },
  })
  const parsed: Parsed = {
    labels: [], tiers: [{ name: 'Ada', constraint: 'none', points: false, overlap: true }], failed: [], notes: [], extra: {},
    items: [{ media: { path: 'talk.wav', exact: true }, source: { file: '', place: '' }, width: null, height: null, units: 'pixel', split: null, metadata: {}, relations: [], annotations: [segment(500, 1250, 'one'), segment(1250, 1250, 'now'), segment(2000, 3000, null), segment(59_000, 61_000, 'last'), segment(70_000, 71_000, 'never')] }],
  }
  const written = audiofolder.serialize(snapshotOf(parsed, 60))
  expect(written.media).toEqual([])
  expect(written.clips).toEqual([
    { asset: 'asset:talk.wav', path: 'audio/talk-0001.wav', start: 500, end: 1250, rate: 1000 }, { asset: 'asset:talk.wav', path: 'audio/talk-0004.wav', start: 59_000, end: 61_000, rate: 1000 },
  ])
  expect(written.losses.map(({ code, count }) => [code, count])).toEqual([['clip-shortened', 1], ['no-text', 1], ['outside-recording', 1], ['point-lost', 1]])
  expect(filesOf(written)['metadata.jsonl']!.split('\n')[0]).toBe('{"file_name":"audio/talk-0001.wav","transcription":"one","recording":"talk.wav","start":0.5,"end":1.25,"speaker":"Ada"}')
})
