import { clusterMarks, compareMarks, type Cluster } from '#shared/agreement/clusters.ts'
import { boundsOf, unionAll } from '#shared/geometry/bounds.ts'
import { boxIou } from '#shared/geometry/iou.ts'
import { polygonIou } from '#shared/geometry/overlay.ts'
import type { Box, Polygon } from '#shared/model/geometry.ts'
import { boxOfSides, sides, sidesOf, type Sides } from './boxHabit.ts'
import { estimateArea, type AreaOptions } from './estimateArea.ts'
import { estimateBox, type DrawnBox } from './estimateBox.ts'
import { habitsOf } from './estimateShape.ts'
import { learnBoxes } from './learnBoxes.ts'
import { outlineAbove } from './outline.ts'
import { ninety } from './robust.ts'
import { randomFrom } from '#shared/agreement/random.ts'
import { careful, crew, simulate, type Simulation } from './simulate.ts'
import type { Annotator, Thing } from './simulatedPeople.ts'
import { gridOver, votesOf } from './votes.ts'

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Simulated projects, measured against the truth: by tests, and for the figures of docs/consensus.md. IoUs are means over all things that two people or more drew. */
export const fixedCrews = [
  { crew: 2, replicas: 2 }, { crew: 3, replicas: 3 }, { crew: 5, replicas: 5 }, { crew: 10, replicas: 10 },
] as const
/** Twelve people of whom some do each item. */
export const pools = [{ crew: 12, replicas: 2 }, { crew: 12, replicas: 3 }, { crew: 12, replicas: 5 }, { crew: 12, replicas: 10 }] as const

interface Found { readonly cluster: Cluster; readonly thing: Thing }

/** Clusters of two or more by the threshold ½, all of one thing. */
function foundIn({ scenes, of }: Simulation): Found[] {
  return scenes.flatMap(({ marks }) => clusterMarks(compareMarks(marks), 0.5)).flatMap((cluster) => {
    const things = new Set(cluster.marks.map(({ id }) => of.get(id)))
    const [thing] = things
    return things.size === 1 && thing && cluster.marks.length > 1 ? [{ cluster, thing }] : []
  })
}

/** The mean over their own marks of who was best, known only with the truth; and the estimate's mean over the same clusters. */
function single(all: readonly { readonly person: string; readonly iou: number; readonly estimate: number }[]): { iou: number; estimate: number } {
  const own = [...Map.groupBy(all, ({ person }) => person).values()].map((rows) => ({ iou: meanOf(rows.map(({ iou }) => iou)), estimate: meanOf(rows.map(({ estimate }) => estimate)) }))
  return own.reduce((best, one) => (one.iou > best.iou ? one : best))
}

export interface BoxTrial {
  readonly estimate: number
  /** The existing box that is nearest the mean of all. */
  readonly nearest: number
  readonly mean: number
  readonly single: number
  /** The estimate over what the best single person drew. */
  readonly beside: number
  /** Share of the true sides within 1.645 deviations. */
  readonly covered: number
  readonly things: number
}

export function boxTrial(count: number, replicas: number, seed: number, scenes = 60): BoxTrial {
  const simulation = simulate(crew(count, seed), { scenes, perScene: 6, replicas, kind: 'box', seed: seed + 10_000 })
  const found = foundIn(simulation).map(({ cluster, thing }) => ({ truth: thing.box, boxes: cluster.marks.map(({ person, geometry }): DrawnBox => ({ person, box: geometry as Box })) }))
  const habits = learnBoxes(found)
  const rows = found.map(({ truth, boxes }) => {
    const { box, deviations } = estimateBox(boxes, habits)
    const mean = boxOfSides(sides.map((side) => meanOf(boxes.map((own) => sidesOf(own.box)[side]))) as unknown as Sides)
    const nearest = boxes.reduce((best, own) => (boxIou(own.box, mean) > boxIou(best.box, mean) ? own : best))
    const estimate = boxIou(box, truth)
    return {
      estimate, nearest: boxIou(nearest.box, truth), mean: boxIou(mean, truth),
      covered: meanOf(sidesOf(truth).map((value, side) => Number(Math.abs(value - sidesOf(box)[side]!) <= ninety * deviations[side]!))),
      own: boxes.map((drawn) => ({ person: drawn.person, iou: boxIou(drawn.box, truth), estimate })),
    }
  })
  const best = single(rows.flatMap(({ own }) => own))
  const of = (key: 'estimate' | 'nearest' | 'mean' | 'covered') => meanOf(rows.map((row) => row[key]))
  return { estimate: of('estimate'), nearest: of('nearest'), mean: of('mean'), covered: of('covered'), single: best.iou, beside: best.estimate, things: rows.length }
}

export interface AreaTrial { readonly average: number; readonly staple: number; readonly nearest: number; readonly vote: number; readonly single: number; readonly beside: number; readonly things: number }

export interface AreaTrialOptions {
  readonly scenes?: number | undefined
  /** `hard`: things with bays, holes and parts. */
  readonly kind?: 'polygon' | 'hard' | undefined
  /** Default `crew`. */
  readonly people?: readonly Annotator[] | undefined
}

export function areaTrial(count: number, replicas: number, seed: number, { scenes = 8, kind = 'polygon', people = crew(count, seed) }: AreaTrialOptions = {}): AreaTrial {
  const simulation = simulate(people, { scenes, perScene: 6, replicas, kind, seed: seed + 10_000 })
  const found = foundIn(simulation)
  const habits = habitsOf(found.map(({ cluster }) => cluster.marks))
  const rows = found.map(({ cluster: { marks }, thing }) => {
    const truth = thing.outline
    const by = (method: AreaOptions['method']) => polygonIou(estimateArea(marks, { habits, method, cells: 2 ** 11 }).geometry as Polygon, truth)
    const vote = pixelVote(marks.map(({ geometry }) => geometry as Polygon))
    const nearest = marks.map(({ geometry }) => geometry as Polygon).reduce((best, own) => (polygonIou(own, vote) > polygonIou(best, vote) ? own : best))
    const average = by('average')
    return {
      average, staple: by('staple'), vote: polygonIou(vote, truth), nearest: polygonIou(nearest, truth),
      own: marks.map(({ person, geometry }) => ({ person, iou: polygonIou(geometry as Polygon, truth), estimate: average })),
    }
  })
  const best = single(rows.flatMap(({ own }) => own))
  const of = (key: 'average' | 'staple' | 'nearest' | 'vote') => meanOf(rows.map((row) => row[key]))
  return { average: of('average'), staple: of('staple'), nearest: of('nearest'), vote: of('vote'), single: best.iou, beside: best.estimate, things: rows.length }
}

/** People as in `crew`, but for who draws loosely: a third leave 1 to 7 pixels beside the border. */
export function marginCrew(count: number, seed: number): Annotator[] {
  const random = randomFrom(seed)
  return crew(count, seed).map((one) => ({ ...one, bias: [0, 0, 0, 0], margin: random() < 0.33 ? 1 + 6 * random() : 0 }))
}

/** Where at least half of the people are. */
export function pixelVote(areas: readonly Polygon[]): Polygon {
  const votes = votesOf(areas, gridOver(unionAll(areas.map(boundsOf))!, 2 ** 14))
  const share = votes.patterns.map((own) => own.reduce((sum, vote) => sum + vote, 0) / areas.length)
  return outlineAbove(Float64Array.from(votes.pattern, (of) => (share[of]! >= 0.5 ? 1 : 0)), 0.5, votes.grid)!
}

/** Boxes of a crew with known habits, each thing drawn by all. */
export function crewOf(kind: 'mixed' | 'loose and left' | 'all loose', count: number, seed: number): { people: Annotator[]; clusters: { boxes: DrawnBox[]; truth: Box }[] } {
  const loose = { bias: [-0.06, -0.06, 0.06, 0.06] } as const, left = { biasPixels: [-4, 0, -4, 0] } as const
  const people = kind === 'mixed' ? crew(count, seed)
    : Array.from({ length: count }, (_, at): Annotator => ({ ...careful(`p${at}`), recall: 1, spurious: 0, ...(kind === 'all loose' || at === 0 ? loose : at === 1 ? left : {}) }))
  const { scenes, of } = simulate(people, { scenes: 60, perScene: 5, replicas: count, kind: 'box', seed })
  const marks = scenes.flatMap((scene) => scene.marks).filter(({ id }) => of.has(id))
  const clusters = [...Map.groupBy(marks, ({ id }) => of.get(id)!).entries()].map(([thing, own]) => ({ truth: thing.box, boxes: own.map(({ person, geometry }): DrawnBox => ({ person, box: geometry as Box })) }))
  return { people, clusters }
}
