import { boundsOf, unionAll } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import { translateWithin } from '#shared/geometry/transform.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { applyDiff } from '#shared/model/apply.ts'
import { after, type Diff } from '#shared/model/diff.ts'
import type { Geometry } from '#shared/model/geometry.ts'
import { newAnnotationId, type AnnotationId } from '#shared/model/id.ts'

/** The adjudicator's own answer while it is made: one thing or several, and what each step began from. Nothing is saved before it is decided. */
export interface Editing {
  readonly things: readonly Annotation[]
  readonly chosen: AnnotationId | null
  /** The newest last. */
  readonly past: readonly Step[]
}

/** `of`: steps that say the same one after another (typing into one field) are one. */
interface Step { readonly things: readonly Annotation[]; readonly chosen: AnnotationId | null; readonly of: string | null }

export const begun = (estimates: readonly Annotation[]): Editing => ({ things: estimates, chosen: estimates[0]?.id ?? null, past: [] })

/** A step: these things now, and which is in hand. One without any things is none, because "nothing is here" is another decision. */
export function stepped(editing: Editing, things: readonly Annotation[], { chosen = editing.chosen, of = null }: { readonly chosen?: AnnotationId | null; readonly of?: string | null } = {}): Editing {
  if (things.length === 0) return editing
  const last = editing.past.at(-1)
  const past = of !== null && last?.of === of ? editing.past : [...editing.past, { things: editing.things, chosen: editing.chosen, of }]
  return { things, chosen: things.some(({ id }) => id === chosen) ? chosen : (things[0]?.id ?? null), past }
}

export function undone(editing: Editing): Editing {
  const last = editing.past.at(-1)
  return last === undefined ? editing : { things: last.things, chosen: last.chosen, past: editing.past.slice(0, -1) }
}

export const inHand = ({ things, chosen }: Editing): Annotation | null => things.find(({ id }) => id === chosen) ?? null

/** What the chosen thing says, changed. */
export const said = (editing: Editing, change: Partial<Annotation>, of: string | null = null): Editing =>
  stepped(editing, editing.things.map((thing) => (thing.id === editing.chosen ? { ...thing, ...change } : thing)), { of: of === null ? null : `${editing.chosen} ${of}` })

/** What was done on the canvas: shapes moved, drawn or taken away. */
export function drawn(editing: Editing, diff: Diff): Editing {
  const records = new Map(editing.things.map((thing) => [thing.id as string, thing]))
  const changed = after(applyDiff((id) => records.get(id), diff)).filter((record) => record.type === 'annotation')
  const kept = editing.things.filter(({ id }) => diff.removed[id] === undefined).map((thing) => changed.find(({ id }) => id === thing.id) ?? thing)
  const fresh = changed.filter(({ id }) => !records.has(id))
  return stepped(editing, [...kept, ...fresh], { chosen: fresh.at(-1)?.id ?? editing.chosen })
}

/** Pixels that a copy lies to the right of and below what it was made from. */
const aside = 12

/** A copy of the chosen thing beside it; of a sound, over the same stretch. */
export function duplicated(editing: Editing, extent: Bounds | null): Editing {
  const from = inHand(editing)
  return from === null ? editing : withAfter(editing, from, [from, another(from, translateWithin(from.geometry, aside, aside, extent))])
}

export const canDivide = (geometry: Geometry): boolean => (geometry.kind === 'box' ? Math.max(geometry.width, geometry.height) > 0 : geometry.kind === 'segment' && geometry.end - geometry.start > 1)

/** The chosen box or segment as its two halves; words go with the half in which they probably are said. */
export function divided(editing: Editing): Editing {
  const from = inHand(editing)
  const halves = from === null ? null : halvesOf(from.geometry)
  if (from === null || halves === null) return editing
  const [first, second] = textHalves(from)
  return withAfter(editing, from, [{ ...from, geometry: halves[0], ...first }, { ...another(from, halves[1]), ...second }])
}

/** All boxes, or all segments of one tier, as one around them, with everything that they say one after the other. */
export function joined(editing: Editing): Editing {
  const geometry = hullOf(editing.things.map((thing) => thing.geometry))
  const [first] = editing.things
  if (geometry === null || first === undefined) return editing
  const texts = editing.things.flatMap(({ text }) => (text === null ? [] : [text.trim()]))
  return stepped(editing, [{ ...first, geometry, ...(texts.length === 0 ? {} : { text: texts.filter((text) => text !== '').join(' '), spans: [] }) }], { chosen: first.id })
}

export const canJoin = ({ things }: Editing): boolean => hullOf(things.map(({ geometry }) => geometry)) !== null

/** Without the chosen thing; the last one stays. */
export function removed(editing: Editing): Editing {
  const at = editing.things.findIndex(({ id }) => id === editing.chosen)
  const things = editing.things.toSpliced(at, at < 0 ? 0 : 1)
  return stepped(editing, things, { chosen: things[Math.min(at, things.length - 1)]?.id ?? null })
}

/** The thing after (or before) the chosen one, round and round. */
export function walked(editing: Editing, by: 1 | -1): Editing {
  const { things, chosen } = editing
  const at = things.findIndex(({ id }) => id === chosen)
  return { ...editing, chosen: things[(at + by + things.length) % things.length]?.id ?? null }
}

/** Another thing like this one, with a shape of its own. */
export const another = (like: Annotation, geometry: Geometry): Annotation => ({ ...like, id: newAnnotationId(), geometry })

const withAfter = (editing: Editing, from: Annotation, into: readonly [Annotation, Annotation]): Editing =>
  stepped(editing, editing.things.flatMap((thing) => (thing.id === from.id ? into : [thing])), { chosen: into[1].id })

function halvesOf(geometry: Geometry): readonly [Geometry, Geometry] | null {
  if (!canDivide(geometry)) return null
  if (geometry.kind === 'segment') {
    const middle = Math.round((geometry.start + geometry.end) / 2)
    return [{ ...geometry, end: middle }, { ...geometry, start: middle }]
  }
  if (geometry.kind !== 'box') return null
  const { x, y, width, height } = geometry
  return width >= height
    ? [{ ...geometry, width: width / 2 }, { ...geometry, x: x + width / 2, width: width / 2 }]
    : [{ ...geometry, height: height / 2 }, { ...geometry, y: y + height / 2, height: height / 2 }]
}

function textHalves({ text, geometry }: Annotation): readonly [Partial<Annotation>, Partial<Annotation>] {
  if (text === null || geometry.kind !== 'segment') return [{}, {}]
  const all = text.split(/\s+/u).filter((word) => word !== '')
  const half = Math.ceil(all.length / 2)
  return [{ text: all.slice(0, half).join(' '), spans: [] }, { text: all.slice(half).join(' '), spans: [] }]
}

function hullOf(all: readonly Geometry[]): Geometry | null {
  const [first] = all
  if (first === undefined || all.length < 2) return null
  if (first.kind === 'segment') {
    const segments = all.flatMap((one) => (one.kind === 'segment' && one.tier === first.tier && one.rate === first.rate ? [one] : []))
    return segments.length < all.length ? null : { ...first, start: Math.min(...segments.map(({ start }) => start)), end: Math.max(...segments.map(({ end }) => end)) }
  }
  const bounds = all.every(({ kind }) => kind === 'box') ? unionAll(all.map(boundsOf)) : null
  return bounds === null ? null : { kind: 'box', x: bounds.minX, y: bounds.minY, width: bounds.maxX - bounds.minX, height: bounds.maxY - bounds.minY }
}
