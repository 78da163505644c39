import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { LabelId } from '#shared/model/id.ts'
import { defaultBars } from '#shared/model/project.ts'
import type { Contributor, ItemProposals, Proposal } from '#shared/consensus/proposal.ts'
import { estimateAttributes } from './attributes.ts'
import { latestDecisions } from './decisions.ts'
import { disputesOf, type Estimates, type Names } from './disputes.ts'
import { estimateGeometry, meanPlace, type GeometryEstimate } from './geometry.ts'
import { ownRelations, type ConsensusOptions, type ItemInput } from './item.ts'
import { keyOf } from './key.ts'
import { labelPosterior } from './labels.ts'
import { layoutOf, similarityOptions, type Layout, type Thing } from './layout.ts'
import { certaintyOf, existenceOf, keyOfThing, sightingOf, voteWeight, votesOf, wordWeight, type Learned } from './learn.ts'
import { consensusOrder } from './order.ts'
import { groupThings, relateThings } from './relations.ts'
import { nameVoices, speakerOf, type Voices } from './voices.ts'
import { estimateText, glossaryWords } from './texts.ts'
import { resolve, type SplitVote } from './things.ts'
import { sharesOf } from '#shared/consensus/shapes/robust.ts'
import { clamp01, shares } from './weigh.ts'

interface Context {
  readonly layout: Layout
  readonly learned: Learned
  readonly options: ConsensusOptions
  readonly weightOf: (person: Author) => number
  readonly names: Names
  readonly glossary: ReadonlySet<string>
  readonly votes: readonly SplitVote[]
  readonly voices: Voices
}

interface Keyed { readonly key: string; readonly thing: Thing }

/** The proposals of one item by what was learned before; the same for any order of the input. */
export const estimateItem = (item: ItemInput, learned: Learned, options: ConsensusOptions = {}): ItemProposals => estimateLayout(layoutOf(item, options), learned, options)

/** The same for an item that is laid out already. */
export function estimateLayout(layout: Layout, learned: Learned, options: ConsensusOptions = {}): ItemProposals {
  const weightOf = (person: Author) => voteWeight(learned, person)
  const { things, votes } = resolve(layout, weightOf, options)
  const keyed = keyedThings(things)
  const names = namesOf(options)
  const context: Context = { layout, learned, options, weightOf, names, votes, glossary: glossaryWords(options.glossary ?? []), voices: nameVoices(things, layout, weightOf) }
  const places = consensusOrder(keyed.map(({ key, thing }) => ({ key, placings: thing.final ? [] : thing.members.map(({ person, annotation: { order } }) => ({ person, order })) })), weightOf)
  const groups = groupThings(keyed, weightOf)
  const proposals = keyed.map((one, at) => ({
    ...(one.thing.final || one.thing.verdict ? decidedProposal(one, context) : openProposal(one, context)), order: places[at]!, group: groups.get(one.key) ?? null,
    splitWith: one.thing.split === null ? [] : keyed.filter(({ thing }) => thing !== one.thing && thing.split === one.thing.split).map(({ key }) => key),
  }))
  return {
    asset: layout.item.asset, people: [...layout.people], proposals: proposals.sort((a, b) => a.order - b.order),
    relations: relateThings(ownRelations(layout.item), keyed, weightOf, names.person), speakers: [...layout.speakers.mappings],
  }
}

/** Each thing with its key: a decided dispute keeps its own, so that whoever looks for it finds it. */
function keyedThings(things: readonly Thing[]): Keyed[] {
  const used = new Set<string>()
  return things.map((thing) => {
    const wanted = thing.verdict && !used.has(thing.verdict.about.dispute) ? thing.verdict.about.dispute : keyOfThing(thing)
    const key = used.has(wanted) ? keyOf([wanted, thing.final?.id ?? '']) : wanted
    used.add(key)
    return { key, thing }
  }).sort((a, b) => (a.key < b.key ? -1 : 1))
}

function namesOf({ labels = [], nameOf = (author) => author }: ConsensusOptions): Names {
  const byId = new Map(labels.map((label) => [label.id, label]))
  const attributes = new Map(labels.flatMap((label) => label.attributes.map(({ id, name }) => [id, name])))
  return {
    person: nameOf, attribute: (id) => attributes.get(id) ?? id,
    label: (label: LabelId | null) => (label === null ? 'no label' : byId.get(label)?.name ?? label.replace(/^label:/u, '')),
  }
}

function openProposal({ key, thing }: Keyed, context: Context): Omit<Proposal, 'order' | 'group' | 'splitWith'> {
  const { learned, options } = context
  const found = estimatesOf(thing, context)
  const { existence, label, geometry, text, attributes } = found
  const disputes = disputesOf(found, options.bars ?? defaultBars, context.names)
  const unclear = latestDecisions(context.layout.item.verdicts ?? []).find(({ about }) => about.decision === 'unclear' && about.dispute === key)
  return {
    key, members: idsOf(thing), absent: [...found.absent], existence, label, geometry: geometry.geometry, fit: geometry.fit, spread: geometry.spread, probability: geometry.probability,
    attributes: Object.fromEntries(attributes.map(({ id, value }) => [id, value])), text, ...writingOf(thing, context),
    contributors: contributorsOf(thing, label.value, geometry, context),
    method: [learned.labels.method, thing.family === 'item' ? null : geometry.method, text ? 'ROVER' : null].filter((part) => part !== null).join(' + '),
    parameters: { ...geometry.parameters, ...parametersOf(thing, context), voters: votesOf(thing).length, ...Object.fromEntries(attributes.map(({ id, how }) => [`attribute ${context.names.attribute(id)}`, how])) },
    score: clamp01(existence * label.posterior * geometry.fit * (text?.confidence ?? 1)), disputes,
    decided: unclear ? { verdict: unclear.id, decision: 'unclear', answer: null } : null,
  }
}

function estimatesOf(thing: Thing, context: Context): Estimates {
  const { layout, learned, options, weightOf, votes } = context
  const vote = thing.split === null ? null : votes[thing.split]!
  const sighting = sightingOf(thing, layout, vote ? [...vote.ones, ...vote.severals] : [])
  const { marked, absent, certain } = sighting
  const existence = thing.family === 'item' && sighting.certain === null ? itemExistence(thing, context) : existenceOf(learned, sighting)
  const all = labelPosterior(learned.labels, votesOf(thing))
  const total = (people: readonly Author[]) => people.reduce((sum, person) => sum + weightOf(person), 0)
  const definitions = options.labels?.find(({ id }) => id === all[0]?.label)?.attributes
  return {
    thing, existence, certain, marked, absent,
    label: { value: all[0]?.label ?? null, posterior: all[0]?.posterior ?? 1, all: all.length > 0 ? all : [{ label: null, posterior: 1 }] },
    geometry: context.voices.named(estimateGeometry(thing.members, learned.habits, similarityOptions(options), { ...options, weightOf })),
    attributes: estimateAttributes(thing.members.map(({ person, annotation }) => ({ person, weight: weightOf(person), values: annotation.attributes })), {
      definitions, modelOf: (id, choice) => learned.attributes.of(all[0]?.label ?? null, id, choice), certaintyOf: (share, weight) => certaintyOf(learned, share, weight),
    }),
    text: estimateText(thing.members, (person) => wordWeight(learned, person), context.glossary),
    split: vote && { ...vote, certainty: certaintyOf(learned, vote.share, total([...vote.ones, ...vote.severals])) },
    speaker: speakerOf(thing, context.voices, context),
  }
}

/** A judgement of the whole item stands against those who gave others; who gave none at all abstains. */
function itemExistence(thing: Thing, { layout, learned, weightOf }: Context): number {
  const judged = new Set(layout.things.filter(({ family }) => family === 'item').flatMap(({ members }) => members.map(({ person }) => person)))
  const sum = (people: Iterable<Author>) => [...people].reduce((total, person) => total + weightOf(person), 0)
  const there = sum(thing.members.map(({ person }) => person)), all = sum(judged)
  return all > there ? clamp01(certaintyOf(learned, there / all, all)) : 1
}

const idsOf = ({ members, more }: Thing) => [...members, ...more].map(({ annotation }) => annotation.id).sort()

function writingOf({ members, final }: Thing, { weightOf }: Context): Pick<Proposal, 'direction' | 'language' | 'flags'> {
  if (final || members.length === 0) return { direction: final?.direction ?? 'auto', language: final?.language ?? null, flags: final?.flags ?? [] }
  const weighed = members.map(({ annotation, person }) => ({ annotation, weight: weightOf(person) }))
  const most = (value: (annotation: Annotation) => string) => shares(weighed.map(({ annotation, weight }) => ({ value: value(annotation), weight })))[0]!.value
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const flags = [...new Set(members.flatMap(({ annotation }) => annotation.flags))].sort()
  return {
    direction: most(({ direction }) => direction) as Proposal['direction'], language: most(({ language }) => language ?? '') || null,
    flags: flags.filter((flag) => weighed.reduce((sum, { annotation, weight }) => sum + (annotation.flags.includes(flag) ? weight : 0), 0) * 2 > total),
  }
}

function contributorsOf({ members, more, family }: Thing, label: LabelId | null, { weights }: GeometryEstimate, { weightOf, learned }: Context): Contributor[] {
  const own = family !== 'item' ? weights : sharesOf(members.map(({ person, annotation }) => {
    const agrees = label === null || annotation.label === label
    return agrees ? weightOf(person) * (annotation.text === null ? 1 : wordWeight(learned, person)) : 0
  }))
  return [
    ...members.map(({ annotation, person }, at) => ({ annotation: annotation.id, author: person, weight: clamp01(own[at]!) })),
    ...more.map(({ annotation, person }) => ({ annotation: annotation.id, author: person, weight: 0 })),
  ]
}

function parametersOf(thing: Thing, { options, learned }: Context): Proposal['parameters'] {
  return { gate: (options.bars ?? defaultBars).gate, labels: learned.labels.method, why: learned.labels.reason, family: thing.family }
}

/** What a person decided is repeated as it stands: a run never proposes against it. */
function decidedProposal({ key, thing }: Keyed, context: Context): Omit<Proposal, 'order' | 'group' | 'splitWith'> {
  const { final, verdict, members } = thing
  const alike = similarityOptions(context.options)
  const absent = [...sightingOf(thing, context.layout).absent]
  const geometry = final ? final.geometry : estimateGeometry(members, context.learned.habits, alike, { ...context.options, weightOf: context.weightOf }).geometry
  const label = final ? final.label : labelPosterior(context.learned.labels, votesOf(thing))[0]?.label ?? null
  const taken = new Set<string>(verdict?.about.taken.length ? verdict.about.taken : idsOf(thing))
  const weights = sharesOf(members.map(({ annotation }) => Number(taken.has(annotation.id))))
  return {
    key, members: idsOf(thing), absent, existence: final ? 1 : 0, label: { value: label, posterior: 1, all: [{ label, posterior: 1 }] },
    geometry, fit: meanPlace(members, geometry, alike), spread: { kind: 'none' }, probability: null, attributes: final?.attributes ?? {},
    text: final && final.text !== null ? { value: final.text, confidence: 1, words: [], spans: final.spans ?? [] } : null, ...writingOf(thing, context),
    contributors: contributorsOf({ ...thing, family: 'area' }, label, { geometry, spread: { kind: 'none' }, probability: null, fit: 1, weights, method: '', parameters: {} }, context),
    method: 'decided by a person', parameters: parametersOf(thing, context), score: final ? 1 : 0, disputes: [],
    decided: { verdict: verdict?.id ?? null, decision: verdict?.about.decision ?? 'final', answer: final?.id ?? null },
  }
}
