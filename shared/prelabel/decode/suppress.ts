/** Intersection over union of two boxes x1, y1, x2, y2 that begin at `a` and `b` of a list; 0 when both are empty. */
export function boxIou(boxes: ArrayLike<number>, a: number, b: number): number {
  const width = Math.min(boxes[a + 2]!, boxes[b + 2]!) - Math.max(boxes[a]!, boxes[b]!)
  const height = Math.min(boxes[a + 3]!, boxes[b + 3]!) - Math.max(boxes[a + 1]!, boxes[b + 1]!)
  if (width <= 0 || height <= 0) return 0
  const common = width * height
  const area = (at: number) => (boxes[at + 2]! - boxes[at]!) * (boxes[at + 3]! - boxes[at + 1]!)
  return common / (area(a) + area(b) - common)
}

/**
 * Greedy non-maximum suppression: from boxes sorted best first, each is kept whose IoU with every kept one of its class is at most `overlap`;
 * at most `most`. Class by class, so a rider and a bicycle in one place stay two; with `classes` null, whatever the class. Returns the places.
 * (As torchvision.ops.batched_nms: a box of exactly the overlap stays.)
 */
export function suppress(boxes: Float64Array, classes: ArrayLike<number> | null, overlap: number, most: number): number[] {
  const kept: number[] = [], byClass = new Map<number, number[]>()
  const count = boxes.length / 4
  for (let i = 0; i < count && kept.length < most; i++) {
    const group = classes ? classes[i]! : 0
    let others = byClass.get(group)
    if (!others) byClass.set(group, others = [])
    if (isCovered(boxes, i, others, overlap)) continue
    others.push(i)
    kept.push(i)
  }
  return kept
}

function isCovered(boxes: Float64Array, index: number, others: readonly number[], overlap: number): boolean {
  for (let i = 0; i < others.length; i++) if (boxIou(boxes, others[i]! * 4, index * 4) > overlap) return true
  return false
}
