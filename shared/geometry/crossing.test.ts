import { expect, test } from 'vitest'
import { crossesItself } from './crossing.ts'

test.each([
  ['square', [0, 0, 10, 0, 10, 10, 0, 10], false],
  ['triangle', [0, 0, 10, 0, 10, 10], false],
  ['repeated points', [0, 0, 0, 0, 10, 0, 10, 10, 10, 10], false],
  ['point on a straight edge', [0, 0, 5, 0, 10, 0, 10, 10], false],
  ['bow tie', [0, 0, 10, 10, 10, 0, 0, 10], true],
  ['spike that goes back over its edge', [0, 0, 10, 0, 5, 0, 5, 10], true],
  ['vertex on another edge', [0, 0, 10, 0, 10, 10, 5, 0, 0, 10], true],
  ['two loops that touch in a vertex', [0, 0, 10, 10, 20, 0, 20, 20, 10, 10, 0, 20], true],
  ['flat: three points on one line', [0, 0, 5, 0, 10, 0], true],
])('%s', (_, ring, crosses) => expect(crossesItself(ring)).toBe(crosses))
