import { boundsOf, intersects } from '#shared/geometry/bounds.ts'
import { imagePoint, type Bounds } from '#shared/geometry/point.ts'
import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import { applyDiff, sameValue } from '#shared/model/apply.ts'
import { invert, type Diff } from '#shared/model/diff.ts'
import { AnnotationId } from '#shared/model/id.ts'
import type { Edit } from '../edited.ts'
import { hitsAt } from '../hits.ts'
import { startTool } from '../running.ts'
import type { Found, Modifiers, Preview, ToolEvent, ToolId, ToolView } from '../tool.ts'
import { annotationOf } from './records.ts'

interface Options {
  readonly annotations?: readonly Annotation[]
  readonly selection?: readonly string[]
  readonly extent?: Bounds | null
  readonly scale?: number
  /** Names of annotations that are another person's. */
  readonly locked?: readonly string[]
  readonly output?: 'polygon' | 'mask'
}

const none: Modifiers = { shift: false, alt: false, mod: false }
const idOf = (name: string) => AnnotationId.parse(`annotation:${name}`)

/** A tool in hand over a small store, so that a test reads as a script: `script('box').down(0, 0).move(10, 10).up()`. New annotations are called drawn-1, drawn-2, … */
export function script(tool: ToolId, options: Options = {}) {
  const records = new Map((options.annotations ?? []).map((annotation) => [annotation.id as string, annotation]))
  let running = startTool(tool)
  let selection = (options.selection ?? []).map(idOf)
  let commits: Edit[] = []
  let drawn = 0
  let last = imagePoint(0, 0)

  const view = (): ToolView => ({
    annotation: (id) => records.get(id),
    selection,
    label: null,
    extent: options.extent === undefined ? { minX: 0, minY: 0, maxX: 100, maxY: 100 } : options.extent,
    scale: options.scale ?? 1,
    within: (bounds) => [...records.values()].sort(byOrder).reverse().filter(({ geometry }) => {
      const own = boundsOf(geometry)
      return own !== null && intersects(own, bounds)
    }),
    create: (geometry) => annotationOf(`drawn-${++drawn}`, geometry, { order: 1000 + drawn }),
    cutouts: { tolerance: 0, output: options.output ?? 'polygon' },
    editable: ({ id }) => !(options.locked ?? []).includes(id.slice('annotation:'.length)),
  })

  const apply = (diff: Diff) => {
    const effect = applyDiff((id) => records.get(id), diff)
    for (const record of Object.values(effect.added)) if (record.type === 'annotation') records.set(record.id, record)
    for (const [, record] of Object.values(effect.updated)) if (record.type === 'annotation') records.set(record.id, record)
    for (const id in effect.removed) records.delete(id)
  }

  const send = (event: ToolEvent) => {
    const result = running.step(event, view())
    running = result.next
    if (result.select) selection = [...result.select]
    if (!result.commit) return
    for (const [from] of Object.values(result.commit.diff.updated)) must(sameValue(records.get(from.id), from), `${from.id}: "from" is not what is stored`)
    commits.push(result.commit)
    apply(result.commit.diff)
  }

  const self = {
    down(x: number, y: number, held: Partial<Modifiers> = {}) {
      last = imagePoint(x, y)
      send({ type: 'pointer-down', point: last, hits: hitsAt(last, view()), modifiers: { ...none, ...held } })
      return self
    },
    move(x: number, y: number, held: Partial<Modifiers> = {}) {
      last = imagePoint(x, y)
      send({ type: 'pointer-move', point: last, modifiers: { ...none, ...held } })
      return self
    },
    up(held: Partial<Modifiers> = {}) {
      send({ type: 'pointer-up', point: last, modifiers: { ...none, ...held } })
      return self
    },
    click: (x: number, y: number, held: Partial<Modifiers> = {}) => self.move(x, y, held).down(x, y, held).up(held),
    doubleClick: (x: number, y: number) => self.click(x, y).click(x, y).enter(),
    drag: (fromX: number, fromY: number, toX: number, toY: number, held: Partial<Modifiers> = {}) =>
      self.down(fromX, fromY, held).move((fromX + toX) / 2, (fromY + toY) / 2, held).move(toX, toY, held).up(held),
    enter() { send({ type: 'complete' }); return self },
    escape() { send({ type: 'cancel' }); return self },
    backspace() { send({ type: 'back' }); return self },
    nudge(dx: number, dy: number) { send({ type: 'nudge', dx, dy }); return self },
    send(event: ToolEvent) { send(event); return self },
    /** A model's answer to the question that waits (to `number` where one is named): this rectangle of pixels, or nothing. */
    answer(box: readonly [x: number, y: number, width: number, height: number] | null, number = running.question?.number ?? -1) {
      const found = box && foundIn(box)
      send({ type: 'answer', number, found })
      return self
    },

    /** That exactly one gesture was committed since the last look, under this name. */
    expectCommit(name: string) {
      must(commits.length === 1 && commits[0]!.name === name, `expected one commit "${name}", got [${commits.map((commit) => commit.name).join(', ')}]`)
      commits = []
      return self
    },
    expectNoCommit() {
      must(commits.length === 0, `expected no commit, got [${commits.map((commit) => commit.name).join(', ')}]`)
      return self
    },
    expectSelected(...names: string[]) {
      must(sameValue(selection, names.map(idOf)), `expected [${names.join(', ')}] to be selected, got [${selection.join(', ')}]`)
      return self
    },
    /** Takes back everything that was committed and not yet looked at, the last first. */
    undoAll() {
      for (const { diff } of commits.toReversed()) apply(invert(diff))
      commits = []
      return self
    },

    geometry: (name: string) => records.get(idOf(name))?.geometry,
    annotation: (name: string) => records.get(idOf(name)),
    records: () => Object.fromEntries(records),
    commits: () => commits,
    preview: (): readonly Preview[] => running.preview(view()),
    marquee: () => running.marquee,
    hint: () => running.hint,
    cursor: () => running.cursor(hitsAt(last, view())),
    busy: () => running.busy,
    vertex: () => running.vertex,
    question: () => running.question,
  }
  return self
}

/** What a model might have cut out: a rectangle. */
const foundIn = ([x, y, width, height]: readonly [number, number, number, number]): Found => ({
  cutout: { mask: { kind: 'mask', x, y, width, height, counts: [0, width * height] }, stepX: 1, stepY: 1, score: 0.9 },
  origin: { by: 'model', model: 'cutter', version: '1', hash: 'abc', settings: {}, score: 0.9, backend: 'wasm', at: 5 },
})

function must(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}
