import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LabelListError, readLabelList } from './labelList.ts'

const names = (text: string) => readLabelList(text).seeds.map(({ name }) => name)

test.each([
  ['one a line', 'car\ntruck', ['car', 'truck']],
  ['lines of Windows, blanks and a byte order mark', '\uFEFFcar\r\n\r\n  truck \r\n', ['car', 'truck']],
  ['a name twice', 'car\ncar\ntruck', ['car', 'truck']],
  ['a decomposed umlaut is the composed one', 'Tu\u0308r\nTür', ['Tür']],
  ['a JSON list', '["car", "truck"]', ['car', 'truck']],
  ['objects', '[{"name": "car", "color": "#ff0000"}]', ['car']],
  ['COCO’s categories', '{"categories": [{"id": 1, "name": "car", "supercategory": "vehicle"}]}', ['car']],
  ['right-to-left names', 'سيارة\nרכב', ['سيارة', 'רכב']],
])('%s', (_, text, wanted) => expect(names(text)).toEqual(wanted))

test('a colour that is none is refused with its place, one that is given stays', () => {
  expect(() => readLabelList('[{"name":"a"},{"name":"b","color":"red"}]')).toThrow('1')
  expect(readLabelList('[{"name":"b","color":"#00ff00"}]').seeds[0]?.color).toBe('#00ff00')
})

test('a name that stands there twice is told', () => {
  expect(readLabelList('car\ncar\ntruck').repeated).toEqual(['car'])
})

test('broken JSON says so', () => {
  expect(() => readLabelList('[{')).toThrow(LabelListError)
  expect(() => readLabelList('{"a": 1}')).toThrow(LabelListError)
})

test('names are unique whatever is typed', () => {
  fc.assert(fc.property(fc.array(fc.string()), (lines) => {
    const text = `x\n${lines.join('\n')}`
    const got = names(text)
    expect(new Set(got).size).toBe(got.length)
    expect(got.every((name) => name.trim() === name && name !== '')).toBe(true)
  }))
})
