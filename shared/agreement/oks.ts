import type { Keypoints } from '#shared/model/geometry.ts'

/** Spread of people's clicks for COCO's 17 points of a body, as a share of the body's scale (cocoeval.py, `kpt_oks_sigmas`). */
export const cocoSigmas = [0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089] as const
const otherSigma = 0.05

/**
 * Object keypoint similarity, 0 to 1 (COCO keypoint evaluation): the mean over labelled points of exp(−d² / (2 s² k²)), k = 2σ.
 * Between two people neither is the truth: a point that only one of them labelled counts 0, and s² is the geometric mean of the
 * areas of both bodies' rectangles (at least 1 square pixel). `sigmas` default to COCO's for 17 points, else 0.05. Null when nobody
 * labelled a point, or the numbers of points differ.
 */
export function keypointSimilarity(a: Keypoints, b: Keypoints, sigmas?: readonly number[]): number | null {
  if (a.points.length !== b.points.length) return null
  const spread = sigmas ?? (a.points.length === cocoSigmas.length ? cocoSigmas : [])
  const area = Math.sqrt(areaOf(a) * areaOf(b))
  let sum = 0, labelled = 0
  a.points.forEach((p, at) => {
    const q = b.points[at]!
    if (p.visibility === 0 && q.visibility === 0) return
    labelled++
    if (p.visibility === 0 || q.visibility === 0) return
    const k = 2 * (spread[at] ?? otherSigma)
    sum += Math.exp(-((p.x - q.x) ** 2 + (p.y - q.y) ** 2) / (2 * area * k * k))
  })
  return labelled > 0 ? sum / labelled : null
}

function areaOf({ points }: Keypoints): number {
  const labelled = points.filter(({ visibility }) => visibility > 0)
  if (labelled.length === 0) return 1
  const xs = labelled.map(({ x }) => x), ys = labelled.map(({ y }) => y)
  return Math.max(1, (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys)))
}
