/** A stretch of equal tokens: `length` of them from `left` in the one text and from `right` in the other. */
export interface Match { readonly left: number; readonly right: number; readonly length: number }

/** Edits that one search may need before it settles for the way it has come; keeps time linear in the length for texts that share little. */
const maxEdits = 512

/** The path's ends on each diagonal, one array an edit count: what the way back is read from. */
interface Search { readonly trace: Int32Array[]; readonly k: number; readonly x: number }

/**
 * Myers' greedy search (1986, "An O(ND) difference algorithm and its variations", figure 2) from (left, right) to the end,
 * or, beyond `maxEdits`, to the point that got furthest.
 */
function search(a: Int32Array, b: Int32Array, left: number, right: number): Search {
  const n = a.length - left
  const m = b.length - right
  const trace: Int32Array[] = []
  let ends = new Int32Array([0, 0, 0])
  for (let d = 0; ; d++) {
    const now = new Int32Array(2 * d + 3)
    let furthest: { k: number; x: number } | null = null
    for (let k = -d; k <= d; k += 2) {
      // ends[k + d] is diagonal k of the round before, whose middle lies at d.
      const down = k === -d || (k !== d && ends[k - 1 + d]! < ends[k + 1 + d]!)
      let x = d === 0 ? 0 : down ? ends[k + 1 + d]! : ends[k - 1 + d]! + 1
      while (x < n && x - k < m && a[left + x] === b[right + x - k]) x++
      now[k + d + 1] = x
      if (x <= n && x - k <= m && (furthest === null || 2 * x - k > 2 * furthest.x - furthest.k)) furthest = { k, x }
      if (x >= n && x - k >= m) return { trace: [...trace, now], k, x }
    }
    trace.push(now)
    if (d >= maxEdits && furthest !== null) return { trace, ...furthest }
    ends = now
  }
}

function readBack({ trace, k: lastK, x: lastX }: Search, left: number, right: number): Match[] {
  const found: Match[] = []
  let k = lastK
  let x = lastX
  for (let d = trace.length - 1; d >= 0; d--) {
    let start = 0
    let next = k
    if (d > 0) {
      const before = trace[d - 1]!
      const down = k === -d || (k !== d && before[k - 1 + d]! < before[k + 1 + d]!)
      next = down ? k + 1 : k - 1
      start = down ? before[next + d]! : before[next + d]! + 1
    }
    if (x > start) found.push({ left: left + start, right: right + start - k, length: x - start })
    x = d > 0 ? trace[d - 1]![next + d]! : 0
    k = next
  }
  return found.reverse()
}

/**
 * What two sequences share, in order. The fewest edits as long as they are at most 512; beyond that a good, not always the
 * shortest, answer in time and memory linear in the length.
 */
export function matches(a: Int32Array, b: Int32Array): Match[] {
  const found: Match[] = []
  let left = 0
  let right = 0
  while (left < a.length && right < b.length) {
    const way = search(a, b, left, right)
    found.push(...readBack(way, left, right))
    left += way.x
    right += way.x - way.k
  }
  return found
}
