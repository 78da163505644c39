import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { TierId } from '#shared/model/id.ts'
import { defaultBars } from '#shared/model/project.ts'
import type { DisputeVerdict } from '#shared/model/verdict.ts'
import { clusterMarks, compareMarks } from '#shared/agreement/clusters.ts'
import type { Mark } from '#shared/agreement/mark.ts'
import { similarity, type SimilarityOptions } from '#shared/agreement/similarity.ts'
import { distance } from '#shared/text/align.ts'
import { decisionsOf } from './decisions.ts'
import { byId, families, familyOf, finalMarks, isGold, ownMarks, peopleOf, personOf, type ConsensusOptions, type Family, type ItemInput } from './item.ts'
import { mapSpeakers, type SpeakerMap } from './speakers.ts'
import { acrossTiers } from './acrossTiers.ts'
import { findSplits, type SplitGroup } from './splits.ts'

/** A mark as it is compared: `tier` as the other people call it, `annotation` as the person made it. */
export interface Placed { readonly annotation: Annotation; readonly person: Author; readonly mark: Mark }

/** Marks of different people held to be one thing. */
export interface Thing {
  readonly family: Family
  /** One a person, sorted by person. */
  readonly members: readonly Placed[]
  /** Of people who have a member, or whose way of dividing lost: they belong here and don't vote. */
  readonly more: readonly Placed[]
  /** The answer that stands, and the verdict that made it. */
  readonly final: Annotation | null
  readonly verdict: DisputeVerdict | null
  /** Index of the split that it came out of. */
  readonly split: number | null
}

/** How an item falls into things, before it is asked who is right about a split. */
export interface Layout {
  readonly item: ItemInput
  /** Whether everything that there is stands in the layer `final`. */
  readonly gold: boolean
  readonly people: readonly Author[]
  readonly things: readonly Thing[]
  readonly splits: readonly SplitGroup[]
  readonly speakers: SpeakerMap
}

export const similarityOptions = ({ bars = defaultBars }: ConsensusOptions): SimilarityOptions => ({ collar: bars.boundary, textDistance, boxesAround: true })

function textDistance(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  return longer === 0 || a === b ? 0 : distance([...a], [...b]) / longer
}

/** Two marks of one person with the same label, so much alike, are one mark made twice. */
const sameTwice = 0.8

export function layoutOf(item: ItemInput, options: ConsensusOptions = {}): Layout {
  const gate = (options.bars ?? defaultBars).gate
  const alike = similarityOptions(options)
  const own = ownMarks(item)
  const speakers = mapSpeakers(own)
  const placed = own.map((annotation) => placedAs(annotation, speakers))
  const { decided, open, finals } = decisionsOf(item, placed, finalMarks(item), gate, alike)
  const things: Thing[] = [...decided]
  const splits: SplitGroup[] = []
  for (const family of families) {
    const { kept, twice } = withoutDoubles(open.filter(({ annotation }) => familyOf(annotation) === family), gate, alike)
    const answers = finals.filter((annotation) => familyOf(annotation) === family)
    const found = findSplits(kept, gate, alike)
    const inSplit = new Set(found.flatMap(({ ones, several }) => [...ones, ...several]))
    splits.push(...found)
    const clusters = cluster(family, kept.filter((one) => !inSplit.has(one)), answers, twice, gate, alike)
    things.push(...(family === 'segment' ? acrossTiers(clusters, gate, alike) : clusters))
    for (const [at, split] of found.entries()) for (const doubled of twiceIn(split, twice)) found[at]!.more.push(doubled)
  }
  return { item, gold: isGold(item), people: peopleOf(item), things, splits, speakers }
}

function placedAs(annotation: Annotation, speakers: SpeakerMap): Placed {
  const { id, label, geometry, text } = annotation
  const person = personOf(annotation)
  const tier = geometry.kind === 'segment' ? speakers.tierOf(person, geometry.tier) : null
  return { annotation, person, mark: { id, person, label, text, geometry: geometry.kind === 'segment' ? { ...geometry, tier: tier as TierId } : geometry } }
}

/** One person's same mark made twice: the first by id stays (one with text before one without), the other is set beside it. */
function withoutDoubles(placed: readonly Placed[], gate: number, alike: SimilarityOptions) {
  const kept: Placed[] = []
  const twice = new Map<Placed, Placed[]>()
  for (const own of Map.groupBy(placed, ({ person }) => person).values()) {
    const mine: Placed[] = []
    const sorted = own.toSorted((a, b) => Number(b.annotation.text !== null) - Number(a.annotation.text !== null) || byId(a.annotation, b.annotation))
    for (const one of sorted) {
      const first = mine.find(({ mark }) => mark.label === one.mark.label && (similarity(mark, one.mark, alike)?.place ?? 0) >= Math.max(gate, sameTwice))
      if (first) twice.set(first, [...(twice.get(first) ?? []), one])
      else mine.push(one)
    }
    kept.push(...mine)
  }
  return { kept, twice }
}

const twiceIn = ({ ones, several }: SplitGroup, twice: ReadonlyMap<Placed, Placed[]>) => [...ones, ...several].flatMap((one) => twice.get(one) ?? [])

/** Who answers takes part as one more person, who cannot be a member. */
const answerer = 'final' as Author

export function cluster(family: Family, placed: readonly Placed[], answers: readonly Annotation[], twice: ReadonlyMap<Placed, readonly Placed[]>, gate: number, alike: SimilarityOptions): Thing[] {
  const byMark = new Map(placed.map((one) => [one.mark, one]))
  const answerOf = new Map(answers.map((answer) => [{ id: answer.id, person: answerer, label: answer.label, geometry: answer.geometry, text: answer.text } as Mark, answer]))
  return clusterMarks(compareMarks([...byMark.keys(), ...answerOf.keys()], alike), gate).map(({ marks }) => {
    const members = marks.flatMap((mark) => byMark.get(mark) ?? [])
    return {
      family, members, more: members.flatMap((one) => twice.get(one) ?? []), verdict: null, split: null,
      final: marks.map((mark) => answerOf.get(mark)).find((answer) => answer !== undefined) ?? null,
    }
  })
}
