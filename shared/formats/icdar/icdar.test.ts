import { expect, test } from 'vitest'
import { bytesInput } from '../timed/sampleRecording.ts'
import { icdar } from './icdar.ts'

const parse = (files: Record<string, string>) => icdar.parse(bytesInput(files))

// The first lines of gt_img_1.txt of ICDAR 2015, challenge 4, with the byte order mark that the competition's files have.
const incidental = '\uFEFF377,117,463,117,465,130,378,130,Genaxis Theatre\r\n493,115,519,115,519,131,493,131,[06]\r\n374,155,409,155,409,170,374,170,###\r\n'
// gt_img_1.txt of ICDAR 2013, challenge 2: with commas in the test set, with spaces in the training set.
const focused = '38, 43, 920, 215, "Tiredness"\r\n275, 264, 665, 450, "kills"\r\n'

test('2015: quadrilaterals, a mark at the beginning, ### as illegible, commas and quotes in texts', async () => {
  const { items, failed } = await parse({ 'gt/gt_img_1.txt': `${incidental}1,2,3,2,3,4,1,4,a, "b", c\n`, 'gt/img_1.jpg': '' })
  expect(failed).toEqual([])
  expect(items[0]).toMatchObject({ media: { path: 'gt/img_1.jpg', exact: true } })
  expect(items[0]!.annotations.map(({ text, flags }) => [text, flags])).toEqual([['Genaxis Theatre', []], ['[06]', []], [null, ['illegible']], ['a, "b", c', []]])
  expect(items[0]!.annotations[1]!.geometry).toMatchObject({ outline: { kind: 'box', x: 493, y: 115, width: 26, height: 16 } })
})

test('2013: boxes in both spellings, quotes in quotes', async () => {
  const { items } = await parse({ 'gt_img_1.txt': `${focused}158 128 411 181 "say \\"hi\\", \\\\o/"\n` })
  expect(items[0]).toMatchObject({ media: { path: 'img_1', exact: false } })
  expect(items[0]!.annotations.map(({ text }) => text)).toEqual(['Tiredness', 'kills', 'say "hi", \\o/'])
  expect(items[0]!.annotations[0]!.geometry).toMatchObject({ outline: { kind: 'box', x: 38, y: 43, width: 882, height: 172 } })
})

test('hostile rows cost themselves alone', async () => {
  const { items, failed } = await parse({ 'gt_a.txt': '1,2,3\n920, 43, 38, 215, "mirrored"\n1,2,3,4,5,6,7,99999999999,far\nx1,y1,x2,y2,x3,y3,x4,y4,header\n1,2,3,2,3,4,1,4,\n' })
  expect(failed.map(({ place, code }) => [place, code])).toEqual([['line 1', 'wrong-columns'], ['line 2', 'wrong-value'], ['line 3', 'out-of-range'], ['line 4', 'wrong-columns']])
  expect(items[0]!.annotations.map(({ text }) => text)).toEqual([''])
})

test('a picture without words has an empty file, and a note beside is no ground truth', async () => {
  const { items, failed } = await parse({ 'gt_empty.txt': '', 'gt_b.txt': incidental, 'notes.txt': 'nothing\nhere' })
  expect([items.length, failed]).toEqual([2, []])
})
