import type { Author } from '#shared/model/author.ts'

/** Who marked a thing and who of the item's people did not. `certain`: decided by a person. */
export interface Sighting { readonly marked: readonly Author[]; readonly absent: readonly Author[]; readonly certain: boolean | null }

/** What is known of how people find things. */
export interface ExistenceModel {
  /** True things an item has on average. */
  readonly things: number
  /** By person: share of true things found; marks an item that are of nothing. */
  readonly recall: ReadonlyMap<Author, number>
  readonly stray: ReadonlyMap<Author, number>
}

/** Before anything is seen: 9 of 10 things are found, as if seen on 5 things; 5 of 100 marks are of nothing, as if seen on 3 items; a second person marks the same nothing in 1 of 20. */
const usualRecall = 0.9, recallCounts = 5, usualStray = 0.05, strayCounts = 3, coincidence = 0.05

/** A model that has seen nothing. */
export const unseen: ExistenceModel = { things: 1, recall: new Map(), stray: new Map() }

/**
 * Posterior that there is something, 0 … 1. A thing that is there is found by each person with their recall; a mark of nothing is made by one person
 * (with the rate at which they make such marks) and met by another by coincidence. So who is often alone raises little, a second person much.
 */
export function existenceOf(model: ExistenceModel, { marked, absent, certain }: Sighting): number {
  if (certain !== null) return Number(certain)
  const there = model.things * product(marked, (person) => recallOf(model, person)) * product(absent, (person) => 1 - recallOf(model, person))
  const nothing = marked.reduce((sum, person) => sum + strayOf(model, person), 0) * coincidence ** Math.max(0, marked.length - 1) * (1 - coincidence) ** absent.length
  return there + nothing > 0 ? there / (there + nothing) : 0
}

const recallOf = (model: ExistenceModel, person: Author) => model.recall.get(person) ?? usualRecall
const strayOf = (model: ExistenceModel, person: Author) => model.stray.get(person) ?? usualStray * model.things
const product = (people: readonly Author[], of: (person: Author) => number) => people.reduce((all, person) => all * of(person), 1)

/** Expectation maximisation from the vote; every rate is held by its prior, so that one item or one person gives no certainty. `items`: how many each person did. */
export function learnExistence(sightings: readonly Sighting[], items: ReadonlyMap<Author, number>, itemCount: number, rounds = 30): ExistenceModel {
  if (itemCount === 0 || sightings.length === 0) return unseen
  let posterior = sightings.map(({ marked, absent, certain }) => (certain === null ? (marked.length >= absent.length ? 0.9 : 0.4) : Number(certain)))
  let model = unseen
  for (let round = 0; round < rounds; round++) {
    model = maximise(sightings, posterior, items, itemCount)
    const next = sightings.map((sighting) => existenceOf(model, sighting))
    const moved = next.reduce((most, value, at) => Math.max(most, Math.abs(value - posterior[at]!)), 0)
    posterior = next
    if (moved < 1e-4) break
  }
  return model
}

function maximise(sightings: readonly Sighting[], posterior: readonly number[], items: ReadonlyMap<Author, number>, itemCount: number): ExistenceModel {
  const found = new Map<Author, number>(), there = new Map<Author, number>(), stray = new Map<Author, number>()
  const add = (to: Map<Author, number>, person: Author, value: number) => to.set(person, (to.get(person) ?? 0) + value)
  let all = 0
  sightings.forEach(({ marked, absent }, at) => {
    const real = posterior[at]!
    all += real
    for (const person of marked) {
      add(found, person, real)
      add(there, person, real)
      add(stray, person, (1 - real) / marked.length)
    }
    for (const person of absent) add(there, person, real)
  })
  const things = Math.max(0.01, all / itemCount)
  const people = [...items.keys()]
  return {
    things,
    recall: new Map(people.map((person) => [person, ((found.get(person) ?? 0) + usualRecall * recallCounts) / ((there.get(person) ?? 0) + recallCounts)])),
    stray: new Map(people.map((person) => [person, ((stray.get(person) ?? 0) + usualStray * things * strayCounts) / (items.get(person)! + strayCounts)])),
  }
}
