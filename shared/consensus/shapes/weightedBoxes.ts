import { boxIou } from '#shared/geometry/iou.ts'
import type { Box } from '#shared/model/geometry.ts'

/** A box with the label and the score (0 … 1) that one source gives it. */
export interface ScoredBox { readonly box: Box; readonly label: string | number; readonly score: number }
export interface FusedBox extends ScoredBox { readonly members: readonly { readonly source: number; readonly index: number }[] }

export interface FusionOptions {
  /** One a source, 0 or more; default 1 each. */
  readonly weights?: readonly number[] | undefined
  /** Boxes that overlap more than this are one. Default 0.55. */
  readonly iou?: number | undefined
  /** Boxes with less score are left out. Default 0. */
  readonly skipBelow?: number | undefined
  /**
   * The score of a fused box. `avg`: mean of weighted scores, times the number of its boxes (at most of the sources) over the sum of the weights; `max`: the greatest, over the greatest
   * weight; `box_and_model_avg`: weighted mean, times the weight of the sources that have it over that of all; `absent_model_aware_avg`: weighted
   * sum over the weight of its boxes and of the sources that have none. Default `avg`.
   */
  readonly confidence?: 'avg' | 'max' | 'box_and_model_avg' | 'absent_model_aware_avg' | undefined
  /** With `avg`: more boxes than sources may lift the score above 1. Default false. */
  readonly overflow?: boolean | undefined
}

interface Entry { readonly box: Box; readonly score: number; readonly weight: number; readonly source: number; readonly index: number }
interface Fusion { box: Box; readonly entries: Entry[] }

/**
 * Weighted boxes fusion (Solovyev, Wang & Gabruseva 2021, Image and Vision Computing 107, section 3): by label, boxes in order of falling weighted score join the fused box
 * that they overlap most, if by more than `iou`, which then is the mean of its boxes by weighted score; else they begin another. Boxes
 * without area are left out. In order of falling score; equal scores by source and index, so the order within a source matters only there.
 */
export function weightedBoxesFusion(sources: readonly (readonly ScoredBox[])[], options: FusionOptions = {}): FusedBox[] {
  const { weights = sources.map(() => 1), iou = 0.55, skipBelow = 0 } = options
  const byLabel = new Map<string | number, Entry[]>()
  sources.forEach((boxes, source) => boxes.forEach(({ box, label, score }, index) => {
    if (score < skipBelow || box.width * box.height <= 0) return
    const entry = { box, score: score * weights[source]!, weight: weights[source]!, source, index }
    byLabel.set(label, [...(byLabel.get(label) ?? []), entry])
  }))
  const fused = [...byLabel].flatMap(([label, entries]) => fuse(entries, iou).map(({ box, entries }): FusedBox => ({
    box, label, score: scoreOf(entries, weights, options), members: entries.map(({ source, index }) => ({ source, index })),
  })))
  return fused.sort((a, b) => b.score - a.score)
}

function fuse(entries: readonly Entry[], least: number): Fusion[] {
  const fused: Fusion[] = []
  for (const entry of entries.toSorted((a, b) => b.score - a.score || a.source - b.source || a.index - b.index)) {
    let best: Fusion | null = null, most = least
    for (const one of fused) {
      const overlap = boxIou(one.box, entry.box)
      if (overlap > most) [best, most] = [one, overlap]
    }
    if (best) {
      best.entries.push(entry)
      best.box = meanBox(best.entries)
    } else fused.push({ box: entry.box, entries: [entry] })
  }
  return fused
}

function meanBox(entries: readonly Entry[]): Box {
  const sum = entries.reduce((total, { score }) => total + score, 0)
  const mean = (of: (box: Box) => number) => entries.reduce((total, { box, score }) => total + of(box) * (sum > 0 ? score / sum : 1 / entries.length), 0)
  return { kind: 'box', x: mean(({ x }) => x), y: mean(({ y }) => y), width: mean(({ width }) => width), height: mean(({ height }) => height) }
}

function scoreOf(entries: readonly Entry[], weights: readonly number[], { confidence = 'avg', overflow = false }: FusionOptions): number {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const scores = entries.reduce((sum, { score }) => sum + score, 0), own = entries.reduce((sum, { weight }) => sum + weight, 0)
  const present = [...new Set(entries.map(({ source }) => source))].reduce((sum, source) => sum + weights[source]!, 0)
  if (all <= 0 || own <= 0) return 0
  switch (confidence) {
    case 'avg': return ((scores / entries.length) * (overflow ? entries.length : Math.min(weights.length, entries.length))) / all
    case 'max': return Math.max(...entries.map(({ score }) => score)) / Math.max(...weights)
    case 'box_and_model_avg': return (scores / own) * (present / all)
    case 'absent_model_aware_avg': return scores / (own + all - present)
  }
}
