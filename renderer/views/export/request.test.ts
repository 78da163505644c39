import { expect, test } from 'vitest'
import { ExportRequest } from '#shared/contract/exporting.ts'
import { firstChoices, requestOf } from './request.ts'

test('the first choices are a request that the host takes, with and without a split', () => {
  const choices = firstChoices('coco')
  expect(ExportRequest.parse(requestOf(choices)).split).toBeNull()
  expect(ExportRequest.parse(requestOf({ ...choices, split: true })).split?.shares).toEqual({ train: 0.8, val: 0.1, test: 0.1 })
})

test('a part without a name, with a slash, or named like another is no request', () => {
  for (const parts of [[''], ['a/b'], ['a', 'a'], []]) {
    expect(requestOf({ ...firstChoices('coco'), split: true, parts: parts.map((name) => ({ name, percent: 50 })) })).toBeNull()
  }
})
