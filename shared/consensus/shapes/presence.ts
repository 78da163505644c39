/** One item that was done: by whom, and for each cluster who has a mark in it. */
export interface PresenceItem {
  readonly people: readonly string[]
  readonly clusters: readonly (readonly string[])[]
  /** What a person decided, in the order of the clusters: it is there, it is not; null or left out: nobody did. */
  readonly gold?: readonly (boolean | null)[] | undefined
}

/** How one person marks: of what there is, the share they mark; of what they mark, the share that is there; marks of nothing an item. */
export interface Presence { readonly recall: number; readonly precision: number; readonly spurious: number; readonly marks: number }

export interface PresenceModel {
  readonly people: ReadonlyMap<string, Presence>
  /** Of a person about whom nothing is known. */
  readonly stranger: Presence
  /** Things an item, those that nobody marked included. */
  readonly things: number
  /** The chance that another person marks nothing in the same place. */
  readonly coincidence: number
}

/** Pseudo-counts: recall is held near 0.85 as by 6 things, spurious marks near 8 % of the things as on 5 items, coincidence near 3 % as by 60 chances. */
const prior = { recall: 0.85, things: 6, spurious: 0.08, items: 5, coincidence: 0.03, chances: 60 }

/**
 * How reliably each person marks what is there, learned by EM from who marked each cluster and who, having done the item, did not: Dawid & Skene with the
 * two classes "there" and "not there", where silence is an answer. What nobody marked is never seen, so a thing that is there counts for
 * 1 / (1 − Π (1 − recall)) of its kind (as in capture and recapture), and something not there begins with one person's spurious mark,
 * on which others fall by `coincidence`. Chances of a cluster marked by A of the item's people S:
 * there: things · Π recall^[A] (1 − recall)^[not A]; not there: Σ over a in A of spurious_a · Π over others of coincidence^[A] (1 − coincidence)^[not A].
 * Who marks everything gets a low precision, who marks nothing a low recall, and neither decides anything.
 */
export function learnPresence(items: readonly PresenceItem[]): PresenceModel {
  const names = [...new Set(items.flatMap(({ people, clusters }) => [...people, ...clusters.flat()]))].sort()
  const patterns = patternsOf(items, names)
  const done = names.map((_, p) => patterns.items.reduce((sum, { who, count }) => sum + (who.includes(p) ? count : 0), 0))
  const clusters = patterns.clusters.reduce((sum, { count }) => sum + count, 0)
  let model: Fit = {
    recall: names.map(() => prior.recall), spurious: names.map(() => (prior.spurious * clusters) / Math.max(1, items.length)), things: clusters / Math.max(1, items.length), coincidence: prior.coincidence,
  }
  for (let round = 0; round < 200; round++) {
    const next = improve(model, patterns, done)
    const change = Math.max(...next.recall.map((value, p) => Math.abs(value - model.recall[p]!)), Math.abs(next.things - model.things), 0)
    model = next
    if (change < 1e-6) break
  }
  return modelOf(model, patterns, names)
}

interface Fit { readonly recall: readonly number[]; readonly spurious: readonly number[]; readonly things: number; readonly coincidence: number }
interface Pattern { readonly who: readonly number[]; readonly marked: readonly number[]; readonly gold: boolean | null; count: number }
interface Patterns { readonly clusters: readonly Pattern[]; readonly items: readonly { readonly who: readonly number[]; count: number }[] }

/** Clusters with the same people and the same marks share all chances. */
function patternsOf(items: readonly PresenceItem[], names: readonly string[]): Patterns {
  const place = new Map(names.map((name, at) => [name, at]))
  const clusters = new Map<string, Pattern>(), sets = new Map<string, { who: readonly number[]; count: number }>()
  const places = (people: readonly string[]) => [...new Set(people.map((name) => place.get(name)!))].sort((a, b) => a - b)
  for (const { people, clusters: own, gold = [] } of items) {
    // Whoever has a mark did the item.
    const who = places([...people, ...own.flat()])
    const set = sets.get(who.join()) ?? { who, count: 0 }
    set.count++
    sets.set(who.join(), set)
    for (const [at, members] of own.entries()) {
      const marked = places(members)
      const certain = gold[at] ?? null
      if (marked.length === 0) continue
      const key = `${who.join()}/${marked.join()}/${certain}`
      const pattern = clusters.get(key) ?? { who, marked, gold: certain, count: 0 }
      pattern.count++
      clusters.set(key, pattern)
    }
  }
  return { clusters: [...clusters.values()], items: [...sets.values()] }
}

interface Chances { readonly there: number; readonly begun: readonly number[] }

/** Not normalised: that it is there; that it is not, by who began it. */
function chancesOf(who: readonly number[], marked: readonly number[], { recall, spurious, things, coincidence }: Fit): Chances {
  let there = things
  for (const p of who) there *= marked.includes(p) ? recall[p]! : 1 - recall[p]!
  const others = coincidence ** (marked.length - 1) * (1 - coincidence) ** (who.length - marked.length)
  return { there, begun: marked.map((p) => spurious[p]! * others) }
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const thereOf = ({ there, begun }: Chances): number => {
  const all = there + sumOf(begun)
  return all > 0 ? there / all : 0.5
}
const seenChance = (who: readonly number[], recall: readonly number[]): number => 1 - who.reduce((product, p) => product * (1 - recall[p]!), 1)

function improve(model: Fit, { clusters, items }: Patterns, done: readonly number[]): Fit {
  const hits = model.recall.map(() => prior.recall * prior.things), chances = model.recall.map(() => prior.things)
  const begun = model.recall.map(() => prior.spurious * model.things * prior.items)
  let things = 0, fell = prior.coincidence * prior.chances, could = prior.chances
  for (const { who, marked, gold, count } of clusters) {
    const found = chancesOf(who, marked, model)
    const there = gold === null ? thereOf(found) : Number(gold), sum = sumOf(found.begun)
    things += count * there
    for (const p of who) chances[p]! += (count * there) / Math.max(1e-6, seenChance(who, model.recall))
    for (const p of marked) hits[p]! += count * there
    marked.forEach((p, at) => { if (sum > 0) begun[p]! += (count * (1 - there) * found.begun[at]!) / sum })
    fell += count * (1 - there) * (marked.length - 1)
    could += count * (1 - there) * (who.length - 1)
  }
  const recall = hits.map((hit, p) => Math.min(0.999, Math.max(0.001, hit / chances[p]!)))
  const seen = items.reduce((sum, { who, count }) => sum + count * seenChance(who, recall), 0)
  return {
    recall, spurious: begun.map((sum, p) => Math.max(1e-9, sum / (done[p]! + prior.items))), things: seen > 0 ? things / seen : 0, coincidence: Math.min(0.3, fell / could),
  }
}

function modelOf(model: Fit, { clusters }: Patterns, names: readonly string[]): PresenceModel {
  const marks = names.map(() => 0), right = names.map(() => 0)
  for (const { who, marked, gold, count } of clusters) {
    const there = gold === null ? thereOf(chancesOf(who, marked, model)) : Number(gold)
    for (const p of marked) {
      marks[p]! += count
      right[p]! += count * there
    }
  }
  const usual = 1 / (1 + prior.spurious / prior.recall)
  const people = new Map(names.map((name, p): [string, Presence] => [name, {
    recall: model.recall[p]!, spurious: model.spurious[p]!, marks: marks[p]!, precision: marks[p]! > 0 ? right[p]! / marks[p]! : usual,
  }]))
  const stranger = { recall: prior.recall, precision: usual, spurious: prior.spurious * (model.things || 1), marks: 0 }
  return { people, stranger, things: model.things || 1, coincidence: model.coincidence }
}

/** The chance that there is something where `marked` have a mark and `absent`, who did the item too, have none. 0 where nobody marked anything. */
export function existence(model: PresenceModel, marked: readonly string[], absent: readonly string[]): number {
  if (marked.length === 0) return 0
  const all = [...new Set([...marked, ...absent])].sort()
  const people = all.map((name) => model.people.get(name) ?? model.stranger)
  const place = new Map(all.map((name, at) => [name, at]))
  return thereOf(chancesOf(people.map((_, at) => at), [...new Set(marked)].map((name) => place.get(name)!), {
    recall: people.map(({ recall }) => recall), spurious: people.map(({ spurious }) => spurious), things: model.things, coincidence: model.coincidence,
  }))
}
