import type { Author } from '#shared/model/author.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { RelationProposal } from '#shared/consensus/proposal.ts'
import { keyOf } from './key.ts'
import type { Thing } from './layout.ts'

type Keyed = { readonly key: string; readonly thing: Thing }

/**
 * Relations between things: for each name and pair of things the weight of those who drew it over the weight of those who marked both ends. One drawn by
 * fewer than all has a sentence that says who did not.
 */
export function relateThings(relations: readonly Relation[], keyed: readonly Keyed[], weightOf: (person: Author) => number, nameOf: (person: Author) => string): RelationProposal[] {
  const keyOfMark = new Map(keyed.flatMap(({ key, thing }) => [...thing.members, ...thing.more].map(({ annotation }): [AnnotationId, string] => [annotation.id, key])))
  const peopleOfKey = new Map(keyed.map(({ key, thing }) => [key, new Set([...thing.members, ...thing.more].map(({ person }) => person))]))
  const drawn = new Map<string, { name: string; from: string; to: string; people: Set<Author> }>()
  for (const { name, from, to, layer } of relations) {
    const [start, end] = [keyOfMark.get(from), keyOfMark.get(to)]
    if (start === undefined || end === undefined || start === end) continue
    const id = JSON.stringify([start, end, name])
    const one = drawn.get(id) ?? { name, from: start, to: end, people: new Set() }
    drawn.set(id, one)
    one.people.add(layer as string as Author)
  }
  return [...drawn].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { name, from, to, people }]) => {
    const able = [...peopleOfKey.get(from)!].filter((person) => peopleOfKey.get(to)!.has(person) || people.has(person)).sort()
    const sum = (of: Iterable<Author>) => [...of].reduce((total, person) => total + weightOf(person), 0)
    const without = able.filter((person) => !people.has(person))
    return {
      name, from, to, posterior: Math.min(1, sum(people) / Math.max(sum(new Set([...able, ...people])), 1e-12)), people: [...people].sort(),
      sentence: without.length === 0 ? null : `${people.size} of ${able.length} tie them as “${name}”, not ${without.map(nameOf).join(', ')}.`,
    }
  })
}

/** Which things are one object: those that most of the weight of the people who marked both has in one group; chains of such pairs are one. */
export function groupThings(keyed: readonly Keyed[], weightOf: (person: Author) => number): Map<string, string> {
  const grouped = keyed.filter(({ thing }) => thing.members.some(({ annotation }) => annotation.group !== null))
  const parent = new Map(grouped.map(({ key }) => [key, key]))
  const root = (key: string): string => (parent.get(key) === key ? key : root(parent.get(key)!))
  grouped.forEach((a, at) => {
    for (const b of grouped.slice(at + 1)) {
      let sum = 0
      for (const { person, annotation } of a.thing.members) {
        const other = b.thing.members.find((one) => one.person === person)
        if (other) sum += weightOf(person) * (annotation.group !== null && annotation.group === other.annotation.group ? 1 : -1)
      }
      if (sum > 0) parent.set(root(a.key), root(b.key))
    }
  })
  const sets = Map.groupBy(grouped, ({ key }) => root(key))
  return new Map([...sets.values()].filter((set) => set.length > 1).flatMap((set) => set.map(({ key }) => [key, keyOf(set.map((one) => one.key))])))
}
