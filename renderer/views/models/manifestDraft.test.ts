import { expect, test } from 'vitest'
import { Head } from '#shared/prelabel/manifest.ts'
import { blankManifest, complaintOf, headKinds, partOf, withHead } from './manifestDraft.ts'

test('what a person begins with is a manifest, whatever the file is called', () => {
  for (const path of ['/models/Best Model (v2).onnx', 'C:\\x\\YOLO.onnx', '…', '/a/.onnx']) expect(complaintOf(blankManifest(path))).toBeNull()
  expect(blankManifest('C:\\x\\YOLO-11n.onnx')).toMatchObject({ id: 'yolo-11n', name: 'YOLO-11n' })
})

test('every kind of output has details that hold, and brings its task and input', () => {
  for (const kind of headKinds) {
    const manifest = withHead(blankManifest('a.onnx'), kind)
    expect(manifest.head.kind).toBe(kind)
    expect(Head.safeParse(manifest.head).success).toBe(true)
    expect(complaintOf(manifest)).toBeNull()
  }
  expect(withHead(blankManifest('a.onnx'), 'vad')).toMatchObject({ task: 'voice-activity', input: { kind: 'audio' } })
  expect(withHead(withHead(blankManifest('a.onnx'), 'vad'), 'yolo')).toMatchObject({ task: 'detect', input: { kind: 'image' } })
})

test('details that are no JSON, or not such details, are told in words', () => {
  expect(partOf('head', '{')).toHaveProperty('why')
  expect(partOf('head', '{"kind":"yolo"}')).toMatchObject({ why: expect.stringContaining('transposed') })
  expect(partOf('head', '{"kind":"yolo","transposed":true,"activation":"none"}')).toEqual({ value: { kind: 'yolo', transposed: true, activation: 'none' } })
})
