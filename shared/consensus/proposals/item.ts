import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import { isKnownAnswer } from '#shared/model/provenance.ts'
import type { ConsensusBars } from '#shared/model/project.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { Verdict } from '#shared/model/verdict.ts'
import type { GlossaryEntry } from '#shared/model/writing.ts'

/** One item with all that people said about it. The order of every list decides nothing. */
export interface ItemInput {
  readonly asset: AssetId
  /** Everybody who did (submitted) the item, those who marked nothing included; who marked something is added. */
  readonly people: readonly Author[]
  /** Of all layers: drafts and the layer `consensus` are ignored, the layer `final` holds answers that are settled. */
  readonly annotations: readonly Annotation[]
  readonly tiers?: readonly Tier[] | undefined
  readonly relations?: readonly Relation[] | undefined
  /** The item's verdicts; those about drafts are ignored. */
  readonly verdicts?: readonly Verdict[] | undefined
}

/** How labels are estimated; `auto`: what explains left-out votes best. */
export type LabelMethod = 'auto' | 'majority' | 'dawid-skene' | 'one-coin' | 'glad' | 'mace'

export interface ConsensusOptions {
  /** Default `defaultBars`. */
  readonly bars?: ConsensusBars | undefined
  /** How labels are estimated. Default `auto`. */
  readonly method?: LabelMethod | undefined
  /** How areas become one. Default `average`. */
  readonly areas?: 'average' | 'staple' | undefined
  /** How boxes become one. Default `habits`. */
  readonly boxes?: 'habits' | 'fusion' | undefined
  /** The project's labels: names for sentences, kinds of attributes. */
  readonly labels?: readonly Label[] | undefined
  readonly glossary?: readonly GlossaryEntry[] | undefined
  /** How a person is called in sentences. Default: by name. */
  readonly nameOf?: ((author: Author) => string) | undefined
  /** Default 0. */
  readonly seed?: number | undefined
}

/** What is estimated together: areas of any kind can be the same thing, a line of text and an area cannot. */
export type Family = 'area' | 'line' | 'keypoints' | 'polyline' | 'points' | 'segment' | 'item'

export function familyOf({ geometry: { kind } }: Pick<Annotation, 'geometry'>): Family {
  switch (kind) {
    case 'box': case 'rotated-box': case 'polygon': case 'mask': return 'area'
    case 'text-line': return 'line'
    default: return kind
  }
}

export const families: readonly Family[] = ['area', 'line', 'keypoints', 'polyline', 'points', 'segment', 'item']

export const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** The person whose mark it is: the layer's name. */
export const personOf = (annotation: Annotation): Author => annotation.layer as string as Author

const nobody = new Set(['final', 'consensus'])

/** People's own marks, sorted by id. */
export const ownMarks = (item: ItemInput): Annotation[] => item.annotations.filter(({ draft, layer }) => !draft && !nobody.has(layer)).sort(byId)

/** The answers that adjudication left, sorted by id. */
export const finalMarks = (item: ItemInput): Annotation[] => item.annotations.filter(({ draft, layer }) => !draft && layer === 'final').sort(byId)

/** Whether the layer `final` holds all that there is on the item: answers that were known beforehand, and not what was settled dispute by dispute. */
export const isGold = (item: ItemInput): boolean => finalMarks(item).some(({ provenance }) => isKnownAnswer(provenance))

export const ownRelations = (item: ItemInput): Relation[] => (item.relations ?? []).filter(({ layer }) => !nobody.has(layer)).sort(byId)

/** Everybody who did the item, sorted. */
export const peopleOf = (item: ItemInput): Author[] => [...new Set([...item.people, ...ownMarks(item).map(personOf)])].sort()
