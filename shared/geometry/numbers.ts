/** Numbers in one piece of memory: 256 KiB. */
const slabLength = 32_768
let slab = new Float64Array(0), taken = 0

/**
 * Zeros to be filled, many short lists in one piece of memory: an array of its own for each costs more to make and to clear away than what is
 * put into it. The memory goes when the last list in it goes, so for what goes together, as with `recently`.
 */
export function numbers(count: number): Float64Array {
  if (count > slabLength / 8) return new Float64Array(count)
  if (taken + count > slab.length) {
    slab = new Float64Array(slabLength)
    taken = 0
  }
  return slab.subarray(taken, (taken += count))
}
