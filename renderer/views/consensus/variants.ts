import { byOrder, type Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import { intervalIou } from '#shared/agreement/similarity.ts'
import { iou } from '#shared/geometry/iou.ts'
import type { Proposal } from '#shared/consensus/proposal.ts'
import type { ConsensusItem } from '#shared/contract/consensus.ts'

/** What one person says about the thing in question: one annotation, several where they see several, none where they saw nothing. */
export interface Variant {
  /** A, B, C …: the same all over an item. */
  readonly letter: string
  /** The name; null while names are covered. */
  readonly author: Author | null
  readonly annotations: readonly Annotation[]
  /** Share of the estimate, 0 … 1. */
  readonly weight: number
  /** IoU of what the person marked with the estimate; null where they marked nothing, or it cannot be measured. */
  readonly fit: number | null
}

/** What is decided at once: a proposal, together with those that it is split from. */
export interface Case {
  readonly key: string
  readonly proposals: readonly Proposal[]
  readonly variants: readonly Variant[]
}

/** The cases of an item: proposals that are split from one another make one. In the order of the proposals. */
export function casesOf(item: ConsensusItem): Case[] {
  const annotations = membersOf(item)
  const byKey = new Map(item.proposals.map((proposal) => [proposal.key, proposal]))
  const seen = new Set<string>()
  return item.proposals.flatMap((first) => {
    if (seen.has(first.key)) return []
    const proposals = together(first, byKey, seen)
    return [{ key: first.key, proposals, variants: variantsOf(item, proposals, annotations) }]
  })
}

/**
 * The case that holds the proposal; null when its members came or went, so that it is another one now. `judged`: what was judged together; a decision on a
 * split parts it, and it is still looked at whole.
 */
export function caseWith(item: ConsensusItem, key: string, judged: ReadonlySet<string>): Case | null {
  const cases = casesOf(item)
  const holds = ({ proposals }: Case) => proposals.some((proposal) => proposal.key === key || proposal.members.some((id) => judged.has(id)))
  // Of several answers of one decision some may rest on no mark at all.
  const verdicts = new Set(cases.filter(holds).flatMap(({ proposals }) => proposals.flatMap(({ decided }) => decided?.verdict ?? [])))
  const mine = cases.filter((each) => holds(each) || each.proposals.some(({ decided }) => decided?.verdict != null && verdicts.has(decided.verdict)))
  if (mine.length < 2) return mine[0] ?? null
  const proposals = mine.flatMap((each) => each.proposals)
  return { key, proposals, variants: variantsOf(item, proposals, membersOf(item)) }
}

const membersOf = (item: ConsensusItem) => new Map<string, Annotation>(item.annotations.map((annotation) => [annotation.id, annotation]))

function together(first: Proposal, byKey: ReadonlyMap<string, Proposal>, seen: Set<string>): Proposal[] {
  const found: Proposal[] = []
  const waiting = [first.key]
  for (let key = waiting.shift(); key !== undefined; key = waiting.shift()) {
    const proposal = byKey.get(key)
    if (!proposal || seen.has(key)) continue
    seen.add(key)
    found.push(proposal)
    waiting.push(...proposal.splitWith)
  }
  return found
}

function variantsOf(item: ConsensusItem, proposals: readonly Proposal[], annotations: ReadonlyMap<string, Annotation>): Variant[] {
  const members = proposals.flatMap((proposal) => proposal.members.flatMap((id) => annotations.get(id) ?? []))
  const weights = new Map(proposals.flatMap(({ contributors }) => contributors.map(({ annotation, weight }) => [annotation, weight] as const)))
  const doubles = new Set(proposals.flatMap((proposal) => doublesIn(proposal, annotations)))
  return item.who.map(({ letter, author }) => {
    // Whose layer it is counts, whoever brought it in; while names are covered the letter stands in their place everywhere.
    const own = members.filter((annotation) => (annotation.layer as string) === (author ?? letter) && !doubles.has(annotation.id)).sort(byOrder)
    const fits = own.flatMap((annotation) => proposals.flatMap(({ geometry }) => fitOf(annotation, geometry)))
    return { letter, author, annotations: own, weight: own.reduce((sum, { id }) => sum + (weights.get(id) ?? 0), 0) / proposals.length, fit: fits.length === 0 ? null : Math.max(...fits) }
  })
}

/**
 * Marks that a person made twice at the same place with the same label: they count nothing beside the other, and are no part of what the person says. (A mark
 * with another label may count nothing too, because the estimate is not of its label.)
 */
function doublesIn({ contributors }: Proposal, annotations: ReadonlyMap<string, Annotation>): readonly string[] {
  const said = ({ annotation, author }: Proposal['contributors'][number]) => JSON.stringify([author, annotations.get(annotation)?.label ?? null])
  const counting = new Set(contributors.flatMap((one) => (one.weight > 0 ? [said(one)] : [])))
  return contributors.flatMap((one) => (one.weight === 0 && counting.has(said(one)) ? [one.annotation] : []))
}

function fitOf({ geometry }: Annotation, estimate: Proposal['geometry']): number[] {
  if (geometry.kind === 'segment' && estimate.kind === 'segment') return [intervalIou(geometry, estimate)]
  const value = iou(geometry, estimate)
  return value === null ? [] : [value]
}

/** The estimate that the mark belongs to. */
export const estimateOf = ({ proposals }: Case, { id }: Pick<Annotation, 'id'>): Proposal | null => proposals.find(({ members }) => members.includes(id)) ?? null

/**
 * The estimated text that a person's is compared with: that of the same thing where they see as many as the estimate, all of it where they see one in place
 * of several; null where neither fits, or nothing is estimated.
 */
export function textBeside(of: Case, { annotations }: Pick<Variant, 'annotations'>, annotation: Annotation): string | null {
  if (annotations.length === of.proposals.length) return estimateOf(of, annotation)?.text?.value ?? null
  const texts = of.proposals.toSorted((a, b) => a.order - b.order).flatMap(({ text }) => (text === null ? [] : [text.value]))
  return annotations.length === 1 && texts.length > 0 ? texts.join(' ') : null
}

/** Variants whose label, text and place are the same as an earlier one's: the earlier's letter. */
export function sameAs(variants: readonly Variant[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  const same = new Map<string, string>()
  for (const { letter, annotations } of variants) {
    if (annotations.length === 0) continue
    const said = JSON.stringify(annotations.map(({ label, geometry, text, attributes }) => [label, geometry, text, attributes]))
    const earlier = first.get(said)
    if (earlier === undefined) first.set(said, letter)
    else same.set(letter, earlier)
  }
  return same
}
