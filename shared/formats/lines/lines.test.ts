import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Geometry, TextLine } from '#shared/model/geometry.ts'
import type { GroupId, RelationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import { alto } from '../alto/alto.ts'
import { csv } from '../csv/csv.ts'
import type { Format, Snapshot } from '../format.ts'
import { icdar } from '../icdar/icdar.ts'
import { paddleocr } from '../paddleocr/paddleocr.ts'
import { pageXml } from '../pageXml/pageXml.ts'
import { sampleAnnotation, sampleAsset, sampleLabel } from '../samples.ts'
import { wordOf } from './outline.ts'
import { picturesOf, said, writeAndRead } from './sampleLines.ts'

const whole = fc.integer({ min: 0, max: 600 })
const fine = fc.double({ min: 0, max: 600, noNaN: true }).map((value) => Math.round(value * 100) / 100)
const side = (coordinate: fc.Arbitrary<number>) => coordinate.map((value) => value + 1)
const text = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.constantFrom('=1+1', '-5', "'@x", 'a, "b"; c', 'שלום world', '縦書き', '<b>&amp;</b>', 'a\\b', '###', '*', ' a ', '{x:y;}'))

const outline = (coordinate: fc.Arbitrary<number>): fc.Arbitrary<TextLine['outline']> => fc.oneof(
  fc.record({ kind: fc.constant('box' as const), x: coordinate, y: coordinate, width: side(coordinate), height: side(coordinate) }),
  fc.array(coordinate, { minLength: 8, maxLength: 8 }).map((ring) => ({ kind: 'polygon' as const, parts: [[ring]] })),
)
const line = (coordinate: fc.Arbitrary<number>): fc.Arbitrary<Geometry> => fc.record({
  kind: fc.constant('text-line' as const), outline: outline(coordinate), baseline: fc.option(fc.array(coordinate, { minLength: 2, maxLength: 4 }).map((xs): number[] => [...xs, ...xs]), { nil: null }),
})

const labels = [sampleLabel(0, 'paragraph'), sampleLabel(1, 'stamp: {red}; 50 %'), sampleLabel(2, 'TextBlock'), sampleLabel(3, 'ImageRegion')]

/** Pages of blocks of lines of words, with everything that some of the formats cannot hold. */
const page = (coordinate: fc.Arbitrary<number>) => fc.array(fc.record({
  shape: fc.boolean(), grouped: fc.boolean(), label: fc.option(fc.constantFrom(...labels)), direction: fc.constantFrom('auto' as const, 'ltr' as const, 'rtl' as const, 'vertical' as const),
  language: fc.option(fc.constantFrom('de', 'he', 'zh-Hant')), outline: outline(coordinate),
  lines: fc.array(fc.record({ geometry: line(coordinate), text: fc.option(text), words: fc.array(fc.record({ outline: outline(coordinate), text }), { maxLength: 3 }), illegible: fc.boolean() }), { maxLength: 3 }),
}), { maxLength: 4 }).map(snapshotOf)

type PageBlock = { shape: boolean; grouped: boolean; label: (typeof labels)[number] | null; direction: Annotation['direction']; language: string | null; outline: TextLine['outline']; lines: { geometry: Geometry; text: string | null; words: { outline: TextLine['outline']; text: string }[]; illegible: boolean }[] }

function snapshotOf(blocks: readonly PageBlock[]): Snapshot {
  const asset = sampleAsset(1, 'a b/Ä 1.png')
  const annotations: Annotation[] = []
  const relations: Relation[] = []
  for (const [number, block] of blocks.entries()) {
    const group = block.grouped && block.lines.length > 0 ? (`group:${number}` as GroupId) : null
    const about = { direction: block.direction, language: block.language, group }
    if (block.shape) annotations.push(sampleAnnotation(annotations.length, asset, block.label, block.outline, about))
    for (const each of block.lines) {
      const one = sampleAnnotation(annotations.length, asset, null, each.geometry, { ...about, text: each.text, flags: each.illegible ? ['illegible'] : [] })
      annotations.push(one)
      for (const [at, word] of each.words.entries()) {
        const part = sampleAnnotation(annotations.length, asset, null, { kind: 'text-line', outline: word.outline, baseline: null }, { ...about, text: word.text, order: one.order + (at + 1) / 1000 })
        annotations.push(part)
        relations.push({ type: 'relation', id: `relation:${relations.length}` as RelationId, asset: asset.id, layer: one.layer, author: one.author, name: wordOf, from: part.id, to: one.id })
      }
    }
  }
  return { labels, tiers: [], items: [{ asset, annotations, relations, split: null }] }
}

const formats: [Format, fc.Arbitrary<number>][] = [[paddleocr, fine], [icdar, whole], [alto, fine], [pageXml, whole], [csv, fine]]

for (const [format, coordinate] of formats) {
  test(`${format.id}: what is written is found again, and what was read is written and read the same`, async () => {
    await fc.assert(fc.asyncProperty(page(coordinate), async (snapshot) => {
      const { written, parsed } = await writeAndRead(format, snapshot)
      expect(parsed.failed).toEqual([])
      const proof = [...written.proof.values()].flat()
      const found = parsed.items.flatMap(({ annotations }) => annotations)
      expect(found).toHaveLength(written.annotations)
      expect(found.map(({ label }) => label).sort()).toEqual(proof.map(({ label }) => label).sort())
      for (const shape of proof) if (shape.text !== undefined) expect(found.map((each) => each.text)).toContain(shape.text)
      // The picture itself stands under its safe name the second time.
      const again = await writeAndRead(format, picturesOf(parsed))
      expect(said(again.parsed)).toEqual(said(parsed))
    }), { numRuns: 150 })
  })
}

test('a page that a format holds wholly has no loss and comes back equal', async () => {
  const asset = sampleAsset(1, 'page.png')
  const about = { group: 'group:1' as GroupId, direction: 'ltr' as const }
  const block = sampleAnnotation(0, asset, labels[0]!, { kind: 'box', x: 10, y: 10, width: 400, height: 100 }, about)
  const first = sampleAnnotation(1, asset, null, { kind: 'text-line', outline: { kind: 'box', x: 12, y: 12, width: 200, height: 20 }, baseline: [12, 30, 212, 30] }, { ...about, text: 'two words' })
  const words = ['two', 'words'].map((each, at) => sampleAnnotation(2 + at, asset, null, { kind: 'text-line', outline: { kind: 'box', x: 12 + 100 * at, y: 12, width: 90, height: 20 }, baseline: null }, { ...about, text: each, order: 1.001 + at / 1000 }))
  const relations = words.map((word, at): Relation => ({ type: 'relation', id: `relation:${at}` as RelationId, asset: asset.id, layer: first.layer, author: first.author, name: wordOf, from: word.id, to: first.id }))
  for (const format of [alto, pageXml, csv]) {
    const { written, parsed } = await writeAndRead(format, { labels, tiers: [], items: [{ asset, annotations: [block, first, ...words], relations, split: null }] })
    expect(written.losses, format.id).toEqual([])
    expect(said(parsed)[0]!.annotations.map(({ geometry, text: read, direction, group }) => ({ geometry, read, direction, group })), format.id)
      .toEqual([block, first, ...words].map(({ geometry, text: read }) => ({ geometry, read, direction: 'ltr', group: 0 })))
    expect(said(parsed)[0]!.relations).toEqual([[wordOf, 2, 1], [wordOf, 3, 1]])
  }
})
