import { InferenceSession, Tensor } from 'onnxruntime-web'
import { expect, test } from 'vitest'
import { selfTestFeeds, selfTestGraph } from './selfTestGraph.ts'

test('the self-test is a graph that the runtime takes, and its rows are probabilities', async () => {
  const session = await InferenceSession.create(selfTestGraph())
  const { x } = selfTestFeeds()
  const { y } = await session.run({ x: new Tensor('float32', x!.data as Float32Array, x!.dims) })
  expect(y!.dims).toEqual([1, 4, 8, 8])
  const values = y!.data as Float32Array
  const [row] = [values.slice(0, 8)]
  expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5)
  expect(new Set(values).size).toBeGreaterThan(100)
})
