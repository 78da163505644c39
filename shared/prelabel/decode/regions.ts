/** Places of one value that hang together by their sides. */
export interface Region {
  readonly value: number; readonly area: number
  readonly left: number; readonly top: number; readonly right: number; readonly bottom: number
  /** Its number in the map of regions. */
  readonly number: number
}

/** The 4-connected regions of equal values of a map, in linear time; places whose value is `nothing` belong to none and have the number 0. */
export function regionsOf(values: Int32Array, width: number, height: number, nothing: number): { regions: Region[], map: Int32Array } {
  const map = new Int32Array(width * height), queue = new Int32Array(width * height)
  const regions: Region[] = []
  for (let start = 0; start < map.length; start++) {
    if (map[start] !== 0 || values[start] === nothing) continue
    regions.push(flood(values, width, height, start, regions.length + 1, map, queue))
  }
  return { regions, map }
}

function flood(values: Int32Array, width: number, height: number, start: number, number: number, map: Int32Array, queue: Int32Array): Region {
  const value = values[start]!
  let left = width, right = -1, top = height, bottom = -1, head = 0, tail = 0
  const reach = (place: number): void => {
    if (map[place] !== 0 || values[place] !== value) return
    map[place] = number
    queue[tail++] = place
  }
  reach(start)
  while (head < tail) {
    const place = queue[head++]!, column = place % width, row = (place - column) / width
    left = Math.min(left, column)
    right = Math.max(right, column)
    top = Math.min(top, row)
    bottom = Math.max(bottom, row)
    if (column > 0) reach(place - 1)
    if (column < width - 1) reach(place + 1)
    if (row > 0) reach(place - width)
    if (row < height - 1) reach(place + width)
  }
  return { value, area: tail, left, top, right, bottom, number }
}
