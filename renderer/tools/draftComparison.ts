import { assign } from '#shared/agreement/assignment.ts'
import { similarity } from '#shared/agreement/similarity.ts'
import { boundsOf } from '#shared/geometry/bounds.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/model/id.ts'
import { matchGate } from '#shared/prelabel/draftMatch.ts'

/** How a draft stands to the other model's: both drew it and call it the same; both drew it and call it (or read it) otherwise; only this one drew it. */
export type Standing = 'matched' | 'other-label' | 'other-text' | 'alone'

export interface DraftPair {
  readonly left: Annotation
  readonly right: Annotation
  /** IoU, or what stands for it with kinds without an area; 0.5 … 1. */
  readonly place: number
  readonly standing: Exclude<Standing, 'alone'>
}

export interface DraftComparison {
  readonly pairs: readonly DraftPair[]
  readonly onlyLeft: readonly Annotation[]
  readonly onlyRight: readonly Annotation[]
  readonly standing: ReadonlyMap<AnnotationId, Standing>
  readonly partner: ReadonlyMap<AnnotationId, Annotation>
  /** Over all pairs; null without any. */
  readonly meanPlace: number | null
}

/**
 * Two models' drafts of one item, one to one: first those of the same label that match (IoU of at least 0.5) with the greatest sum of
 * similarities, then, of what is left, those that match but for the label. A draft that is left matches nothing.
 */
export function compareDrafts(left: readonly Annotation[], right: readonly Annotation[]): DraftComparison {
  const same = matched(left, right, (a, b) => a.label === b.label)
  const taken = new Set(same.flatMap((pair) => [pair.left.id, pair.right.id]))
  const free = (draft: Annotation) => !taken.has(draft.id)
  const pairs = [...same, ...matched(left.filter(free), right.filter(free), () => true)]
  const standing = new Map<AnnotationId, Standing>([...left, ...right].map(({ id }) => [id, 'alone']))
  const partner = new Map<AnnotationId, Annotation>()
  for (const pair of pairs) {
    for (const [one, other] of [[pair.left, pair.right], [pair.right, pair.left]] as const) {
      standing.set(one.id, pair.standing)
      partner.set(one.id, other)
    }
  }
  const alone = (draft: Annotation) => !partner.has(draft.id)
  return {
    pairs, standing, partner, onlyLeft: left.filter(alone), onlyRight: right.filter(alone),
    meanPlace: pairs.length === 0 ? null : pairs.reduce((sum, { place }) => sum + place, 0) / pairs.length,
  }
}

/** Both read something, and not the same; a model that only finds lines says nothing of their text. */
export const readsOtherwise = (a: Annotation, b: Annotation): boolean => a.text !== null && b.text !== null && a.text !== b.text

interface Link { readonly row: number; readonly column: number; readonly place: number }

/** The matching with the greatest sum, taken apart into what hangs together: a crowd of thousands costs no more than its knots. */
function matched(left: readonly Annotation[], right: readonly Annotation[], may: (a: Annotation, b: Annotation) => boolean): DraftPair[] {
  const links = linksOf(left, right, may)
  return knots(links).flatMap((knot) => {
    const rows = [...new Set(knot.map(({ row }) => row))], columns = [...new Set(knot.map(({ column }) => column))]
    const scores = rows.map(() => new Float64Array(columns.length))
    for (const { row, column, place } of knot) scores[rows.indexOf(row)]![columns.indexOf(column)] = place
    return [...assign(scores, columns.length)].flatMap((to, from): DraftPair[] => {
      const a = left[rows[from]!]!, b = right[columns[to]!]
      return b ? [{ left: a, right: b, place: scores[from]![to]!, standing: a.label !== b.label ? 'other-label' : readsOtherwise(a, b) ? 'other-text' : 'matched' }] : []
    })
  })
}

function linksOf(left: readonly Annotation[], right: readonly Annotation[], may: (a: Annotation, b: Annotation) => boolean): Link[] {
  // From left to right, so that each is only held against those that begin before it ends.
  const columns = right.map((draft, column) => ({ draft, column, bounds: boundsOf(draft.geometry) })).sort((a, b) => from(a.bounds) - from(b.bounds))
  return left.flatMap((draft, row) => {
    const bounds = boundsOf(draft.geometry)
    const links: Link[] = []
    for (const other of columns) {
      if (bounds && from(other.bounds) > bounds.maxX) break
      if (!may(draft, other.draft) || apart(bounds, other.bounds)) continue
      const place = similarity({ ...draft, person: 'left' }, { ...other.draft, person: 'right' })?.place ?? 0
      if (place >= matchGate) links.push({ row, column: other.column, place })
    }
    return links
  })
}

const from = (bounds: Bounds | null) => bounds?.minX ?? -Infinity
const apart = (a: Bounds | null, b: Bounds | null) => a !== null && b !== null && (a.minX > b.maxX || b.minX > a.maxX || a.minY > b.maxY || b.minY > a.maxY)

/** The links in groups that share no draft. */
function knots(links: readonly Link[]): Link[][] {
  const parent = new Map<string, string>()
  const root = (key: string): string => {
    const up = parent.get(key) ?? key
    if (up === key) return key
    const top = root(up)
    parent.set(key, top)
    return top
  }
  for (const { row, column } of links) parent.set(root(`l${row}`), root(`r${column}`))
  return [...Map.groupBy(links, ({ row }) => root(`l${row}`)).values()]
}

export interface LabelComparison { readonly label: LabelId | null; readonly left: number; readonly right: number; readonly matched: number }

/** By label: how many each has, and how many of these both have; the most frequent first. */
export function comparisonByLabel({ pairs }: DraftComparison, left: readonly Annotation[], right: readonly Annotation[]): LabelComparison[] {
  const count = (drafts: readonly Annotation[], label: LabelId | null) => drafts.reduce((sum, draft) => sum + Number(draft.label === label), 0)
  return [...new Set([...left, ...right].map(({ label }) => label))]
    .map((label) => ({ label, left: count(left, label), right: count(right, label), matched: pairs.filter((pair) => pair.left.label === label && pair.right.label === label).length }))
    .sort((a, b) => b.left + b.right - (a.left + a.right) || (String(a.label) < String(b.label) ? -1 : 1))
}
