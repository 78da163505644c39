import { distance } from '#shared/text/align.ts'
import { tokensOf, type TextUnit } from '#shared/text/tokens.ts'
import { boundaryF } from './boundary.ts'
import { clusterMarks, compareMarks, type Compared } from './clusters.ts'
import type { Mark } from './mark.ts'
import type { SimilarityOptions } from './similarity.ts'

/** One item's marks, compared: what does not depend on the threshold, so that a sweep and a repeated report are cheap. */
export interface ItemComparison {
  readonly item: string
  /** Everybody who did the item, sorted; those who marked nothing included. */
  readonly people: readonly string[]
  readonly compared: Compared
}

/** What two people's texts differ by: edits and the lengths of both, in tokens. */
export interface TextDifference { readonly errors: number; readonly lengths: number }

export interface ThingLink {
  /** Indices in the thing's marks. */
  readonly first: number
  readonly second: number
  /** IoU, or what stands for it with the kind, 0 to 1. */
  readonly place: number
  /** Boundary F, 0 to 1; null for boxes, for what has no line, and in a sweep. */
  readonly boundary: number | null
  readonly words: TextDifference | null
  readonly characters: TextDifference | null
}

/** Something in an item that at least one person marked. */
export interface Thing { readonly marks: readonly Pick<Mark, 'id' | 'person' | 'label'>[]; readonly links: readonly ThingLink[] }

/** Who marked what of one item: the rows that agreement counts. */
export interface ItemTable { readonly item: string; readonly people: readonly string[]; readonly things: readonly Thing[] }

export interface TableDetail {
  /** Pixels within which borders count as the same; null leaves the boundary F out. Default 2. */
  readonly boundaryTolerance?: number | null | undefined
  /** False leaves the texts out. */
  readonly texts?: boolean | undefined
}

/** `people`: everybody who did the item (submitted it); who marked something in it is added. */
export function compareItem(item: string, marks: readonly Mark[], people: readonly string[] = [], options?: SimilarityOptions): ItemComparison {
  return { item, people: [...new Set([...people, ...marks.map(({ person }) => person)])].sort(), compared: compareMarks(marks, options) }
}

/** The item's things when marks at least `threshold` alike are the same. One changed item is one call. */
export function tableOf({ item, people, compared }: ItemComparison, threshold: number, { boundaryTolerance = 2, texts = true }: TableDetail = {}): ItemTable {
  const things = clusterMarks(compared, threshold).map(({ marks, links }): Thing => ({
    marks,
    links: links.map(({ first, second, place }) => {
      const a = marks[first]!, b = marks[second]!
      const boxes = a.geometry.kind === 'box' && b.geometry.kind === 'box'
      return {
        first, second, place, boundary: boundaryTolerance === null || boxes ? null : boundaryF(a.geometry, b.geometry, boundaryTolerance),
        words: texts ? textDifference(a.text, b.text, 'word') : null, characters: texts ? textDifference(a.text, b.text, 'char') : null,
      }
    }),
  }))
  return { item, people, things }
}

function textDifference(a: string | null, b: string | null, unit: TextUnit): TextDifference | null {
  if (a === null || b === null) return null
  const x = tokensOf(a, unit), y = tokensOf(b, unit)
  return { errors: a === b ? 0 : distance(x, y), lengths: x.length + y.length }
}

/** The table as it is between some of its people only. */
export function among(table: ItemTable, people: ReadonlySet<string>): ItemTable {
  const things = table.things.flatMap(({ marks, links }): Thing[] => {
    const kept = marks.map(({ person }) => people.has(person))
    if (!kept.includes(true)) return []
    const at = kept.map((_, index) => kept.slice(0, index).filter(Boolean).length)
    const left = links.filter(({ first, second }) => kept[first] && kept[second]).map((link) => ({ ...link, first: at[link.first]!, second: at[link.second]! }))
    return [{ marks: marks.filter((_, index) => kept[index]), links: left }]
  })
  return { item: table.item, people: table.people.filter((person) => people.has(person)), things }
}
