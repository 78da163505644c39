import { join } from 'node:path'
import type { AgreementRequest } from '#shared/contract/agreement.ts'
import { agreementReports } from '#electron/consensus/agreementReport.ts'
import { mirrorOf } from '#electron/consensus/mirror.ts'
import { createHost } from '#electron/host/host.ts'
import { polygonIou } from '#shared/geometry/overlay.ts'
import { boxIou } from '#shared/geometry/iou.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { adding } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import { annotation, asset, author, inScratch } from './records.ts'
import { makeReplicas, type Shape } from './replicas.ts'
import { median, row, type BenchRow } from './row.ts'

const items = 1000
const people = 3
const shapes = 10
const rounds = 5
const limitMs = 2000
/** Items that change one after the other, each followed by a report. */
const changes = 20
const changeLimitMs = 100
const request: AgreementRequest = { iou: 0.5, by: [], labels: null, people: null }

/**
 * Agreement of three people over a thousand images: from opening the database to the report with its intervals, against the
 * matching and Cohen's kappa written down in the plainest way from the same records; and the whole way through the host, and again after each of some changes.
 */
export default async function agreement(): Promise<BenchRow[]> {
  return inScratch(async (folder) => {
    const rows: BenchRow[] = []
    for (const shape of ['box', 'polygon'] as const) rows.push(...await measured(join(folder, shape), shape))
    return rows
  })
}

async function measured(path: string, shape: Shape): Promise<BenchRow[]> {
  makeReplicas(path, items, people, shapes, shape)
  const ours: number[] = [], peer: number[] = [], host: number[] = []
  const database = join(path, 'project.db')
  for (let round = 0; round < rounds; round++) {
    const both = [() => ours.push(timed(() => whole(database))), () => peer.push(timed(() => plainly(database)))]
    for (const run of round % 2 === 0 ? both : both.toReversed()) run()
    host.push(await throughHost(path))
  }
  const again = await afterChanges(path)
  const size = `${items} images × ${people} people × ${shapes} ${shape === 'box' ? 'boxes' : 'polygons'}`
  return [
    row(`agreement with intervals, ${size}, against plain matching and kappa`, median(ours), median(peer), 'ms', ours.length),
    row(`agreement through the host, first report, ${size}, against the limit of 2 s`, median(host), limitMs, 'ms', host.length),
    row(`agreement through the host after one item changed, median, ${size}, against the limit of 100 ms`, median(again), changeLimitMs, 'ms', again.length),
  ]
}

function timed(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function whole(database: string): void {
  const mirror = mirrorOf(database)
  agreementReports(mirror).report(request)
  mirror.close()
}

async function throughHost(path: string): Promise<number> {
  const host = createHost({ dataDir: join(path, 'data'), version: 'bench', as: author, remember: false })
  try {
    await host.open(path, 'read')
    const start = performance.now()
    await host.ask('agreement.report', request)
    return performance.now() - start
  } finally {
    await host.close()
  }
}

/** One more mark by one more person on an item, and the report with it: read, compared, measured. */
async function afterChanges(path: string): Promise<number[]> {
  const host = createHost({ dataDir: join(path, 'data'), version: 'bench', as: author, remember: false })
  try {
    await host.open(path, 'write')
    await host.ask('agreement.report', request)
    const times: number[] = []
    for (let at = 0; at < changes; at++) {
      const on = asset(at).id
      await host.ask('changes.apply', { id: newChangeId(), name: 'draw', asset: on, intent: { kind: 'do' }, durationMs: null, diff: adding({ ...annotation(on, at), label: null }) })
      const start = performance.now()
      await host.ask('agreement.report', request)
      times.push(performance.now() - start)
    }
    return times
  } finally {
    await host.close()
  }
}

/** The reference: every pair of marks compared, the best taken first, Cohen's kappa of the labels of what was matched; no intervals. */
function plainly(database: string): number[] {
  const mirror = mirrorOf(database)
  mirror.sync()
  const counts = new Map<string, number>()
  for (const { annotations } of mirror.items.values()) {
    const layers = [...new Set(annotations.map(({ layer }) => layer))].sort()
    for (const a of layers) for (const b of layers) if (a < b) match(annotations.filter(({ layer }) => layer === a), annotations.filter(({ layer }) => layer === b), (x, y) => {
      const key = `${a} ${b} ${x ?? '-'} ${y ?? '-'}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    })
  }
  mirror.close()
  return [...counts.values()]
}

function match(left: readonly Annotation[], right: readonly Annotation[], found: (a: string | null, b: string | null) => void): void {
  const pairs = left.flatMap((a) => right.map((b) => ({ a, b, iou: alike(a, b) }))).filter(({ iou }) => iou >= request.iou).sort((x, y) => y.iou - x.iou)
  const taken = new Set<Annotation>()
  for (const { a, b } of pairs) {
    if (taken.has(a) || taken.has(b)) continue
    taken.add(a).add(b)
    found(a.label, b.label)
  }
}

function alike({ geometry: a }: Annotation, { geometry: b }: Annotation): number {
  if (a.kind === 'box' && b.kind === 'box') return boxIou(a, b)
  return a.kind === 'polygon' && b.kind === 'polygon' ? polygonIou(a, b) : 0
}
