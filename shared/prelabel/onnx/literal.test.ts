import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLiteral } from './literal.ts'
import { namesOf } from './names.ts'

test.each<[string, unknown]>([
  ["{0: 'person', 1: \"bird's nest\"}", { 0: 'person', 1: "bird's nest" }],
  ['{"0": "a", "1": "b",}', { 0: 'a', 1: 'b' }],
  ['[640, 640]', [640, 640]], ['(1, 2.5, -3e2)', [1, 2.5, -300]], ['()', []], [' { } ', {}],
  ["{'batch': 1, 'half': False, 'nms': True, 'x': None}", { batch: 1, half: false, nms: true, x: null }],
  [String.raw`'it\'s \x41 é \n'`, "it's A é \n"],
  ["{'__proto__': 1}", JSON.parse('{"__proto__": 1}')],
])('%s', (text, value) => { expect(readLiteral(text)).toEqual(value) })

test.each(['', "__import__('os')", "{0: 'a'", "{0 'a'}", "{[1]: 2}", "'open", '1 2', '[1 2]', '{1: 2} x', '['.repeat(100), 'x'.repeat(9_000_000)])('%#: nothing is evaluated', (text) => {
  expect(readLiteral(text)).toBeUndefined()
})

test('JSON is read as JSON', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
    // −0 is written as 0.
    const json = JSON.stringify(value)
    expect(JSON.stringify(readLiteral(json))).toBe(json)
  }))
  fc.assert(fc.property(fc.string(), (text) => { readLiteral(text) }))
})

test('names in the order of their numbers', () => {
  expect(namesOf({ names: "{1: 'b', 0: 'a', 3: 'd'}", imgsz: '[480, 640]', task: 'detect', args: "{'nms': True}" })).toMatchObject({ classes: ['a', 'b', 'class 2', 'd'], imageSize: [480, 640], task: 'detect', isEndToEnd: true })
  expect(namesOf({ names: "['x', 'y']", imgsz: '320' })).toMatchObject({ classes: ['x', 'y'], imageSize: [320, 320] })
  expect(namesOf({ names: '{99999: "a"}', imgsz: '[0, -4]' })).toMatchObject({ classes: null, imageSize: null })
  expect(namesOf({ names: 'rm -rf' }).classes).toBeNull()
})
