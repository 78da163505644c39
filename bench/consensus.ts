import { boxIou } from '#shared/geometry/iou.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import type { Box, Geometry } from '#shared/model/geometry.ts'
import type { AnnotationId, AssetId, LabelId } from '#shared/model/id.ts'
import { estimateItem } from '#shared/consensus/proposals/estimateItem.ts'
import type { ItemInput } from '#shared/consensus/proposals/item.ts'
import { learn } from '#shared/consensus/proposals/learn.ts'
import { estimateProject } from '#shared/consensus/proposals/project.ts'
import { crew, simulate, type Simulation } from '#shared/consensus/shapes/simulate.ts'
import { median, percentile, row, type BenchRow } from './row.ts'

const images = 1000
const people = 3
const boxes = 10
const rounds = 5

/**
 * The whole of a consensus over 1,000 images × 3 people × 10 boxes (Dawid–Skene, box habits, presence, disputes), beside what is usual: greedy matching,
 * the plurality of labels, the box nearest to the mean. Then one item that changed, and how near both come to the true boxes of the simulation.
 */
export default async function consensus(): Promise<BenchRow[]> {
  const simulation = simulate(crew(6, 7), { scenes: images, perScene: boxes, replicas: people, kind: 'box', seed: 11 })
  const items = itemsOf(simulation)
  const ours: number[] = [], peer: number[] = []
  for (let round = 0; round < rounds; round++) {
    const both = [() => ours.push(timed(() => estimateProject(items, { method: 'dawid-skene' }))), () => peer.push(timed(() => items.map(plainly)))]
    for (const run of round % 2 === 0 ? both : both.toReversed()) run()
  }
  const learned = learn(items, { method: 'dawid-skene' })
  const single = items.slice(0, 200).map((item) => timed(() => estimateItem(item, learned)))
  const truth = simulation.scenes.map(({ things }) => things.map(({ box }) => box))
  const found = estimateProject(items, { method: 'dawid-skene' }).items.map(({ proposals }) => proposals.filter(({ existence }) => existence >= 0.5).map(({ geometry }) => geometry as Box))
  const outlines = outlined()
  const size = `${images} images × ${people} people × ${boxes} boxes`
  return [
    row(`consensus, ${size}, Dawid–Skene, against the limit of 5 s`, median(ours), 5000, 'ms', ours.length),
    row(`consensus, ${size}, against vote + nearest to the mean`, median(ours), median(peer), 'ms', ours.length),
    row('consensus of one changed item, p95, against the limit of 100 ms', percentile(single, 0.95), 100, 'ms', single.length),
    row('consensus of outlines, a thing that 3 people drew, against the limit of 2 ms', median(outlines), 2, 'ms', outlines.length),
    row('mean IoU with the truth of what both find', meanIou(found, truth), meanIou(items.map(plainly), truth), 'IoU', truth.flat().length, 'higher'),
    row('F1 of things at IoU 0.5', f1(found, truth), f1(items.map(plainly), truth), 'F1', truth.flat().length, 'higher'),
  ]
}

function itemsOf({ scenes }: Simulation): ItemInput[] {
  return scenes.map((scene, at) => ({
    asset: `asset:${at}` as AssetId, people: scene.people as Author[],
    annotations: scene.marks.map(({ id, person, label, geometry }, order) => annotationOf(`annotation:${id}`, person, label!, geometry!, at, order)),
  }))
}

/** Milliseconds a thing of a whole run over outlines. */
function outlined(): number[] {
  const simulation = simulate(crew(6, 7), { scenes: 60, perScene: boxes, replicas: people, kind: 'polygon', seed: 11 })
  const items = itemsOf(simulation)
  return Array.from({ length: 3 }, () => timed(() => estimateProject(items, { method: 'dawid-skene' })) / (60 * boxes))
}

function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function annotationOf(id: string, person: string, label: string, geometry: Geometry, at: number, order: number): Annotation {
  return {
    type: 'annotation', id: id as AnnotationId, asset: `asset:${at}` as AssetId, layer: person as Layer, author: person as Author, label: `label:${label}` as LabelId, geometry,
    attributes: {}, text: null, direction: 'auto', language: null, group: null, order, flags: [], draft: false, provenance: { by: 'human', origin: null },
  }
}

/** The reference: marks join the first cluster that they overlap by 0.4, most must have one, the box nearest to the mean of the sides is taken, and the label of most. */
function plainly({ annotations, people: all }: ItemInput): Box[] {
  const clusters: Annotation[][] = []
  for (const one of annotations) {
    const near = clusters.find((cluster) => cluster.every(({ layer }) => layer !== one.layer) && boxIou(cluster[0]!.geometry as Box, one.geometry as Box) >= 0.4)
    if (near) near.push(one)
    else clusters.push([one])
  }
  return clusters.filter((cluster) => cluster.length * 2 > all.length).map((cluster) => {
    const own = cluster.map(({ geometry }) => geometry as Box)
    const mean = (of: (box: Box) => number) => own.reduce((sum, box) => sum + of(box), 0) / own.length
    const centre: Box = { kind: 'box', x: mean(({ x }) => x), y: mean(({ y }) => y), width: mean(({ width }) => width), height: mean(({ height }) => height) }
    plurality(cluster)
    return own.reduce((best, box) => (boxIou(box, centre) > boxIou(best, centre) ? box : best))
  })
}

function plurality(cluster: readonly Annotation[]): LabelId | null {
  const counts = Map.groupBy(cluster, ({ label }) => label)
  return [...counts].reduce((best, next) => (next[1].length > best[1].length ? next : best))[0]
}

/** True boxes and found ones, paired where they overlap most. */
function paired(found: readonly Box[], truth: readonly Box[]): number[] {
  const left = new Set(found)
  return truth.flatMap((box) => {
    const best = [...left].reduce<{ one: Box | null; iou: number }>((most, one) => (boxIou(one, box) > most.iou ? { one, iou: boxIou(one, box) } : most), { one: null, iou: 0 })
    if (!best.one || best.iou < 0.5) return []
    left.delete(best.one)
    return [best.iou]
  })
}

function meanIou(found: readonly (readonly Box[])[], truth: readonly (readonly Box[])[]): number {
  const all = truth.flatMap((boxes, at) => paired(found[at]!, boxes))
  return all.reduce((sum, iou) => sum + iou, 0) / all.length
}

function f1(found: readonly (readonly Box[])[], truth: readonly (readonly Box[])[]): number {
  const matched = truth.reduce((sum, boxes, at) => sum + paired(found[at]!, boxes).length, 0)
  return (2 * matched) / (found.flat().length + truth.flat().length)
}
