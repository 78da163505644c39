/** log Σ exp of the values from `from` to before `to`; -Infinity where there is none. */
export function logSum(values: Float32Array, from = 0, to = values.length): number {
  let most = -Infinity, sum = 0
  for (let index = from; index < to; index++) most = Math.max(most, values[index]!)
  if (most === -Infinity) return -Infinity
  for (let index = from; index < to; index++) sum += Math.exp(values[index]! - most)
  return most + Math.log(sum)
}
