import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantModel, onnxFile, type OnnxGraph, type OnnxModel } from '#shared/testing/onnx.ts'
import { externalPath, missingFiles } from './external.ts'
import { readHeader, whyNotRunnable } from './header.ts'

const small: OnnxModel = {
  producer: 'pytorch', opset: 17, metadata: { task: 'detect', names: "{0: 'cat'}" },
  inputs: [{ name: 'images', dims: ['batch', 3, 640, null] }, { name: 'w', dims: [4] }], outputs: [{ name: 'out', dims: [1, -1], type: 'int64' }],
  initializers: [{ name: 'w', dims: [2, 2], data: [1, 2, 3, 4] }],
  nodes: [{ op: 'Relu', inputs: ['images'], outputs: ['r'] }, { op: 'Relu', inputs: ['r'], outputs: ['s'] }, { op: 'QMatMul', domain: 'com.microsoft', inputs: ['s'], outputs: ['out'] }],
}

test('what a file says about itself', () => {
  const bytes = onnxFile(small)
  expect(readHeader(bytes, 'a.onnx')).toEqual({
    irVersion: 8, opsets: { '': 17, 'com.microsoft': 1 }, producer: 'pytorch', externalFiles: [], metadata: small.metadata, nodes: 3, parameters: 4, bytes: bytes.length,
    inputs: [{ name: 'images', type: 'float32', dims: ['batch', 3, 640, null] }], outputs: [{ name: 'out', type: 'int64', dims: [1, null] }],
    operators: { Relu: 2, 'com.microsoft.QMatMul': 1 }, producers: { out: 'com.microsoft.QMatMul' },
  })
})

test('weights outside: listed, in branches too; what leaves the folder is refused', () => {
  const away = (location: string) => ({ name: 'w', dims: [4], data: [], external: { location, offset: '0' } })
  const inside: OnnxGraph = { inputs: [], outputs: [], initializers: [away('deep/in.bin')] }
  const bytes = onnxFile({ ...small, initializers: [away('./model.data'), { ...away('model.data'), name: 'v' }], nodes: [
    { op: 'If', inputs: ['c'], outputs: ['out'], attributes: { then_branch: { graph: inside }, value: { tensor: away('constant.bin') } } },
  ] })
  const { externalFiles } = readHeader(bytes, 'a.onnx')
  expect(externalFiles).toEqual(['constant.bin', 'deep/in.bin', 'model.data'])
  expect(missingFiles(externalFiles, (path) => path === 'model.data')).toBe('The model’s weights lie in 2 files that are not beside it: “constant.bin”, “deep/in.bin”. Put them into the same folder.')
  expect(missingFiles(externalFiles, () => true)).toBeNull()
  for (const location of ['/etc/passwd', '../up.bin', 'a/../../b', 'C:\\x', '..\\up', 'file:///x', '\\\\server\\share', 'x:stream']) {
    expect(() => readHeader(onnxFile({ ...small, initializers: [away(location)] }), 'a.onnx'), location).toThrow('outside of its own folder')
  }
  for (const location of ['', 'a//b', 'a/./b', 'nul\0l', 'folder/']) expect(() => externalPath(location), location).toThrow('cannot be used')
})

test('opsets, formats and operators that nothing here runs: words', () => {
  const why = (parts: Partial<OnnxModel>) => whyNotRunnable(readHeader(onnxFile({ ...small, nodes: [], ...parts }), 'a.onnx'))
  expect(why({})).toBeNull()
  expect(why({ opset: 99 })).toContain('opset 99')
  expect(why({ irVersion: 99 })).toContain('IR version 99')
  expect(why({ nodes: [{ op: 'Magic', domain: 'my.own', inputs: [], outputs: ['out'] }] })).toContain('“my.own”')
})

const words = (bytes: Uint8Array): string => {
  try {
    readHeader(bytes, 'a.onnx')
    return 'read'
  } catch (error) {
    expect(error).toMatchObject({ name: 'QuorumError' })
    return (error as Error).message
  }
}
const said = (text: string) => new Uint8Array([...text].map((sign) => sign.codePointAt(0)!))

test.each([
  ['an empty file', new Uint8Array(), 'it is empty'],
  ['a page of HTML', said('<!DOCTYPE html><html></html>'), 'is not an ONNX file'],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'is not an ONNX file'],
  ['a zip', said('PK\u0003\u0004\u0014\u0000'), 'is not an ONNX file'],
  ['text', said('version https://git-lfs.github.com/spec/v1'), 'is not an ONNX file'],
  ['nothing but zeros', new Uint8Array(1000), 'no field at byte'],
  ['a file cut in the middle', onnxFile(small).subarray(0, 150), 'beyond the 150'],
  // Field 7, a length of 2^63.
  ['an absurd length', Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f), 'beyond the 10'],
  ['a number that never ends', Uint8Array.of(0x08, ...Array<number>(20).fill(0xff)), 'is not an ONNX file'],
  ['no graph', Uint8Array.of(0x08, 0x08), 'there is no graph'],
])('%s: words', (_, bytes, expected) => { expect(words(bytes)).toContain(expected) })

test('graphs in graphs in graphs end in words, not in a crash', () => {
  let graph: OnnxGraph = { inputs: [], outputs: [] }
  for (let depth = 0; depth < 40; depth++) graph = { inputs: [], outputs: [], nodes: [{ op: 'If', inputs: [], outputs: [], attributes: { body: { graph } } }] }
  expect(words(onnxFile({ ...graph, outputs: small.outputs }))).toContain('nested too deeply')
})

test('millions of empty nodes end in words', () => {
  // Field 7, 12,000,000 bytes (as a varint): empty nodes, two bytes each.
  const bytes = new Uint8Array(5 + 12_000_000)
  bytes.set([0x3a, 0x80, 0xb6, 0xdc, 0x05])
  for (let at = 5; at < bytes.length; at += 2) bytes[at] = 0x0a
  expect(words(bytes)).toContain('more than 5000000 fields')
})

test('a damaged file is read or refused in words, whatever the damage', () => {
  const good = constantModel({ name: 'images', dims: [1, 3, 8, 8] }, [{ name: 'out', dims: [1, 2], data: [1, 2] }], { names: "{0: 'a'}" })
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), fc.nat(good.length), (changes, length) => {
    const bytes = Uint8Array.from(good)
    for (const [at, value] of changes) bytes[at] = value
    words(bytes)
    words(good.subarray(0, length))
  }), { numRuns: 1000 })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => { words(bytes) }), { numRuns: 1000 })
})
