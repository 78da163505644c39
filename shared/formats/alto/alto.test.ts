import { expect, test } from 'vitest'
import { picturesOf, said, writeAndRead } from '../lines/sampleLines.ts'
import { bytesInput } from '../timed/sampleRecording.ts'
import { alto } from './alto.ts'
import tesseract from './fixtures/tesseract-5.3.0-scanned-page.xml?raw'

const parse = (content: string, others: Record<string, string> = {}) => alto.parse(bytesInput({ 'page.xml': content, ...others }))
const page = (body: string, { unit = 'pixel', size = 'WIDTH="2100" HEIGHT="2970"', head = '' } = {}) =>
  `<alto xmlns="http://www.loc.gov/standards/alto/ns-v2#"><Description><MeasurementUnit>${unit}</MeasurementUnit><sourceImageInformation><fileName>p.png</fileName></sourceImageInformation></Description>${head}<Layout><Page ID="P" PHYSICAL_IMG_NR="1" ${size}><PrintSpace>${body}</PrintSpace></Page></Layout></alto>`
const line = (strings: string, about = '') => `<TextBlock ID="B" HPOS="0" VPOS="0" WIDTH="1000" HEIGHT="500"><TextLine ID="L" HPOS="100" VPOS="100" WIDTH="420" HEIGHT="30" ${about}>${strings}</TextLine></TextBlock>`

test('a page that Tesseract 5.3.0 wrote: 5 lines and 30 words in blocks, equal after a round trip', async () => {
  const parsed = await parse(tesseract)
  expect(parsed.failed).toEqual([])
  expect(parsed.items[0]!.relations).toHaveLength(30)
  expect(parsed.items[0]!.annotations.filter(({ geometry }) => geometry.kind === 'text-line')).toHaveLength(35)
  const { written, parsed: again } = await writeAndRead(alto, picturesOf(parsed, { width: 384, height: 191 }))
  expect(written.losses).toEqual([])
  expect(said(again)).toEqual(said(parsed))
})

test('tenths of a millimetre become shares of the page, whatever the picture\'s resolution', async () => {
  const parsed = await parse(page(line('<String CONTENT="a" HPOS="100" VPOS="100" WIDTH="210" HEIGHT="30"/>', 'BASELINE="297"'), { unit: 'mm10' }))
  expect(parsed.items[0]!.units).toBe('fraction')
  const [, first] = picturesOf(parsed, { width: 210, height: 297 }).items[0]!.annotations
  expect(first!.geometry).toMatchObject({ kind: 'text-line', baseline: [expect.closeTo(10), expect.closeTo(29.7), expect.closeTo(52), expect.closeTo(29.7)] })
  expect((await parse(page(line('<String CONTENT="a"/>'), { unit: 'inch1200', size: '' }))).failed[0]).toMatchObject({ code: 'no-page-size' })
})

test('hyphenated words, glued words and reading order by IDNEXT are kept', async () => {
  const strings = '<String ID="s1" CONTENT="(" HPOS="100" VPOS="100" WIDTH="10" HEIGHT="30"/><String ID="s2" CONTENT="ex" HPOS="110" VPOS="100" WIDTH="50" HEIGHT="30"/><SP/><String ID="s3" CONTENT="exam" SUBS_TYPE="HypPart1" SUBS_CONTENT="example" HPOS="170" VPOS="100" WIDTH="90" HEIGHT="30"/><HYP CONTENT="-"/>'
  const parsed = await parse(page(`${line(strings)}<Illustration ID="I" HPOS="1" VPOS="1" WIDTH="5" HEIGHT="5" IDNEXT="B"/>`))
  const { annotations } = parsed.items[0]!
  expect(annotations[0]).toMatchObject({ label: 'Illustration' })
  expect(annotations.find(({ provenance }) => provenance.sourceId === 'L')!.text).toBe('(ex exam-')
  const { files, written } = await writeAndRead(alto, picturesOf(parsed))
  expect(written.losses).toEqual([])
  expect(Object.values(files)[0]).toContain('SUBS_CONTENT="example"')
  expect(Object.values(files)[0]).toContain('<HYP CONTENT="-"/>')
})

test('words that no longer say what their line says are left out and named', async () => {
  const snapshot = picturesOf(await parse(tesseract))
  const items = snapshot.items.map((item) => ({ ...item, annotations: item.annotations.map((each) => (each.text === '“based segmentation' ? { ...each, text: 'based segmentation' } : each)) }))
  const { written, parsed } = await writeAndRead(alto, { ...snapshot, items })
  expect(written.losses).toMatchObject([{ code: 'words-dropped', count: 2 }])
  expect(parsed.items[0]!.annotations.map(({ text }) => text)).toContain('based segmentation')
})

test('hostile documents: entities, cut short, lines without a place, several pages', async () => {
  expect((await parse('<!DOCTYPE alto [<!ENTITY a "aaaa">]><alto>&a;</alto>')).failed[0]).toMatchObject({ code: 'not-xml', place: 'line 1' })
  const whole = page(line('<String CONTENT="kept" HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"/>'))
  const cut = await parse(whole.slice(0, whole.indexOf('</TextBlock>')))
  expect(cut.failed).toMatchObject([{ code: 'not-xml' }])
  expect(cut.items[0]!.annotations.map(({ text }) => text)).toContain('kept')
  expect((await parse(page('<TextBlock ID="B"><TextLine ID="L"><String CONTENT="x"/></TextLine></TextBlock>'))).failed).toMatchObject([{ code: 'no-place' }])
  expect((await parse(page(line('<String CONTENT="x" HPOS="1e99" VPOS="1" WIDTH="1" HEIGHT="1"/>')).replace('</Layout>', '<Page ID="Q" PHYSICAL_IMG_NR="2"/></Layout>'))).failed).toMatchObject([{ code: 'several-pages' }])
})
