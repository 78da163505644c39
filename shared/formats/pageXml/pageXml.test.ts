import { expect, test } from 'vitest'
import { picturesOf, said, writeAndRead } from '../lines/sampleLines.ts'
import { bytesInput } from '../timed/sampleRecording.ts'
import { readCustom } from './custom.ts'
import fixture from './fixtures/regions-out-of-order-words-and-readings.xml?raw'
import { pageXml } from './pageXml.ts'

const parse = (content: string) => pageXml.parse(bytesInput({ 'page/scanned-page.xml': content, 'scanned-page.png': '' }))

test('regions in reading order, lines with baselines, words, the likeliest reading, what Transkribus says in custom', async () => {
  const { items, failed, labels } = await parse(fixture)
  expect(failed).toEqual([])
  expect(labels.map(({ name }) => name).sort()).toEqual(['ImageRegion', 'SeparatorRegion', 'Signature', 'heading', 'paragraph'])
  expect(items[0]).toMatchObject({ media: { path: 'scanned-page.png' }, width: 384, height: 191 })
  expect(items[0]!.annotations.map(({ label, text, direction }) => [label, text, direction])).toEqual([
    ['heading', null, 'auto'], [null, 'Heading', 'auto'], ['paragraph', 'all of it', 'auto'], ['Signature', 'Ünï <Käse>', 'auto'], [null, 'Ünï', 'auto'], [null, '<Käse>', 'auto'],
    [null, 'שלום עולם', 'rtl'], ['ImageRegion', null, 'auto'], ['SeparatorRegion', null, 'auto'],
  ])
})

test('a round trip keeps all of it: readings, confidences, custom', async () => {
  const parsed = await parse(fixture)
  const { written, parsed: again, files } = await writeAndRead(pageXml, picturesOf(parsed, { width: 384, height: 191 }))
  expect(written.losses).toEqual([])
  expect(said(again)).toEqual(said(parsed))
  const [content] = Object.values(files)
  for (const kept of ['abbrev {offset:0; length:2; expansion:foo;}', 'structure {type:Signature;}', 'conf="0.9"', '<Unicode>other</Unicode>', 'readingDirection="right-to-left"']) expect(content).toContain(kept)
})

test('2009: points as elements', async () => {
  const { items } = await parse('<PcGts><Page imageFilename="a.png" imageWidth="9" imageHeight="9"><TextRegion id="r"><Coords><Point x="1" y="2"/><Point x="3" y="2"/><Point x="3" y="5"/></Coords></TextRegion></Page></PcGts>')
  expect(items[0]!.annotations[0]!.geometry).toEqual({ kind: 'polygon', parts: [[[1, 2, 3, 2, 3, 5]]] })
})

test('hostile documents: entities, cut short, coordinates that are none', async () => {
  expect((await parse('<!DOCTYPE PcGts [<!ENTITY a "aaaa">]><PcGts>&a;</PcGts>')).failed[0]).toMatchObject({ code: 'not-xml' })
  const cut = await parse(fixture.slice(0, fixture.indexOf('<ImageRegion')))
  expect(cut.failed).toMatchObject([{ code: 'not-xml' }])
  expect(cut.items[0]!.annotations).toHaveLength(7)
  for (const points of ['', '1,2 3', '1,2 3,4', 'NaN,1 2,3 4,5', '1,2 3,4 5,1e99']) {
    const { failed, items } = await parse(fixture.replace('12,80 200,80 200,100 12,100', points))
    expect(failed).toMatchObject([{ code: 'no-place' }])
    expect(items[0]!.annotations).toHaveLength(8)
  }
})

test('custom: entries, values that hold what would end them, and what is no entry', () => {
  expect(readCustom('readingOrder {index:0;} a {k:x\\u003by; l:} rest')).toMatchObject([
    { name: 'readingOrder', values: { index: '0' } }, { name: 'a', values: { k: 'x;y', l: '' } }, { name: '', raw: 'rest' },
  ])
})
