import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeXmlAttribute, escapeXmlText, parseXml, spellable, xmlChildren, xmlText } from './xml.ts'

test('elements, attributes, text, CDATA, comments and references', () => {
  const { root, problem } = parseXml('\uFEFF<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "a.dtd">\n<a x="1 &lt; 2" y=\'"\'>b<!-- c --><d/>&#233;&#x5D0;<![CDATA[<&>]]></a>\n')
  expect(problem).toBeNull()
  expect(root).toMatchObject({ name: 'a', line: 3, attributes: { x: '1 < 2', y: '"' } })
  expect(xmlText(root!)).toBe('béא<&>')
  expect(xmlChildren(root!, 'd')).toHaveLength(1)
})

test.each([
  ['billion-laughs', '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;">]>\n<a>&m;</a>', 1, 'declares entities'],
  ['outside-entity', '<a>\n&secret;</a>', 1, '&secret; is no reference'],
  ['truncated', '<a>\n<b>text', 2, 'the file ends inside <b>'],
  ['crossed-tags', '<a>\n<b></a></b>', 2, 'stands where </b> should'],
  ['two-roots', '<a/>\n<b/>', 2, 'a second element <b>'],
  ['attribute-twice', '<a x="1" x="2"/>', 1, 'twice'],
  ['lonely-ampersand', '<a>b & c</a>', 1, '& is no reference'],
  ['empty', '', 1, 'there is no element'],
  ['no-quotes', '<a x=1/>', 1, 'not well formed'],
])('%s: a clear error with its line', (_name, source, line, message) => {
  const { problem } = parseXml(source)
  expect(problem).toMatchObject({ line })
  expect(problem!.message).toContain(message)
})

test('what stands before the problem is there', () => {
  const { root } = parseXml('<a><b>1</b><b>2</b><c')
  expect(xmlChildren(root!, 'b').map(xmlText)).toEqual(['1', '2'])
})

test('depth and size are no trouble', () => {
  expect(parseXml('<a>'.repeat(100_000)).problem!.message).toContain('256 deep')
  expect(parseXml(`<a x="${'&amp;'.repeat(100_000)}">${'<b/>'.repeat(100_000)}</a>`).problem).toBeNull()
})

test('whatever text is written comes back', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const { root, problem } = parseXml(`<a x="${escapeXmlAttribute(text)}">${escapeXmlText(text)}</a>`)
    expect(problem).toBeNull()
    expect(root!.attributes['x']).toBe(spellable(text))
    expect(xmlText(root!)).toBe(spellable(text))
  }), { numRuns: 500 })
})
