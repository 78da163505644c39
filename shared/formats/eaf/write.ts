import type { Tier } from '#shared/model/tier.ts'
import type { Json, Serialized, Snapshot, WrittenSegment } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { recordings, roundedTimes, serialized, tiersByRecording, writtenAs, type Recording, type Utterance } from '../timed/recordings.ts'
import { escapeXmlAttribute, escapeXmlText, spellable } from '../xml.ts'
import { attributesOf, constraintElements, languageElements, typeElement } from './elements.ts'
import { parentRelation } from './read.ts'
import { shareOf } from './times.ts'

/** A point in time that annotations share; `aligned: false`: written without its time. */
interface Slot { readonly at: number; readonly aligned: boolean }
interface Placed { readonly id: string; readonly utterance: Utterance; readonly start: number; readonly end: number; slots: [Slot, Slot] | null }

/** An annotation's element, once the slots have their numbers. */
type Row = (numbers: ReadonlyMap<Slot, string>) => string
interface WrittenTier { readonly opening: string; readonly rows: readonly Row[] }

const symbolic = (tier: Tier | undefined) => tier?.constraint === 'symbolic-subdivision' || tier?.constraint === 'symbolic-association'
/** One EAF 3.0 a recording. A tier with a constraint needs a parent, and its segments something there that they belong to. */
export function writeEaf(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'eaf', losses, { tier: true, label: false, language: true, relations: true })
  const names = tiersByRecording(snapshot.tiers, all)
  const written = new Map<Recording, WrittenSegment[]>()
  const files = all.map((recording) => {
    const document = new Document(snapshot, recording, names(recording), losses)
    const content = document.text()
    written.set(recording, document.written)
    return { path: `${recording.stem}.eaf`, content }
  })
  return serialized(all, files, losses, written)
}

class Document {
  readonly #recording: Recording
  readonly #losses: LossLog
  readonly #tiers: readonly string[]
  readonly #byName: Map<string, Tier>
  readonly #byId: Map<string, Tier>
  readonly #placed = new Map<string, Placed>()
  readonly #parents: Map<string, string>
  readonly #slots: Slot[] = []
  readonly #types = new Map<string, Tier['constraint']>()
  readonly #locales = new Set<string>()
  #byTier = new Map<string, Placed[]>()
  readonly written: WrittenSegment[] = []

  constructor(snapshot: Snapshot, recording: Recording, names: readonly string[], losses: LossLog) {
    this.#recording = recording
    this.#losses = losses
    this.#byName = new Map(snapshot.tiers.map((tier) => [tier.name, tier]))
    this.#byId = new Map(snapshot.tiers.map((tier) => [tier.id, tier]))
    this.#tiers = this.#withParents(names)
    const item = snapshot.items.find(({ asset }) => asset.id === recording.asset.id)
    this.#parents = new Map((item?.relations ?? []).filter(({ name }) => name === parentRelation).map(({ from, to }) => [from, to]))
    for (const relation of item?.relations ?? []) if (relation.name !== parentRelation) losses.add('relation-lost', 'relation', `${recording.asset.name} · ${relation.name} · ${relation.id}`)
    this.#place()
  }

  /** A tier's parent must be in the file, and before it. */
  #withParents(names: readonly string[]): string[] {
    const result = new Set<string>()
    const add = (name: string, depth: number) => {
      const parent = this.#parentTier(name)
      if (parent !== null && depth < 100 && !result.has(parent)) add(parent, depth + 1)
      result.add(name)
    }
    for (const name of names) add(name, 0)
    return [...result]
  }

  #parentTier(name: string): string | null {
    const tier = this.#byName.get(name)
    return tier?.parent ? (this.#byId.get(tier.parent)?.name ?? null) : null
  }

  #place(): void {
    const used = new Set(this.#recording.utterances.flatMap(({ sourceId }) => (sourceId !== null && /^[A-Za-z_][\w.-]{0,60}$/u.test(sourceId) ? [sourceId] : [])))
    const taken = new Set<string>()
    let number = 0
    const fresh = () => {
      do number++
      while (used.has(`a${number}`) || taken.has(`a${number}`))
      return `a${number}`
    }
    for (const utterance of this.#recording.utterances) {
      const { sourceId, annotation } = utterance
      const id = sourceId !== null && used.has(sourceId) && !taken.has(sourceId) ? sourceId : fresh()
      taken.add(id)
      const { start, end } = roundedTimes(utterance, 1000, this.#recording, this.#losses)
      const point = start === end && !symbolic(this.#byName.get(utterance.tier))
      if (point) this.#lose('point-lengthened', utterance)
      this.#placed.set(annotation.id, { id, utterance, start, end: point ? end + 1 : end, slots: null })
    }
    this.#byTier = Map.groupBy(this.#placed.values(), ({ utterance }) => utterance.tier)
  }

  #lose(code: string, { annotation, label }: Utterance): void {
    this.#losses.annotation(code, this.#recording.asset, annotation, label)
  }

  #slot(at: number, aligned: boolean): Slot {
    const slot = { at, aligned }
    this.#slots.push(slot)
    return slot
  }

  /** The annotation that this one belongs to: named by a relation, else the one around it in the parent's tier. */
  #parentOf(placed: Placed, parentTier: string): Placed | null {
    const named = this.#placed.get(this.#parents.get(placed.utterance.annotation.id) ?? '')
    if (named !== undefined && named.utterance.tier === parentTier) return named
    return this.#members(parentTier).find(({ start, end }) => start <= placed.start && end >= placed.end) ?? null
  }

  #members(name: string): readonly Placed[] {
    return this.#byTier.get(name) ?? []
  }

  /** What depends on it finds no parent then, and goes too. */
  #leaveOut(placed: Placed): void {
    const { tier, annotation } = placed.utterance
    this.#placed.delete(annotation.id)
    this.#byTier.set(tier, this.#members(tier).filter((each) => each !== placed))
    this.#lose('no-parent', placed.utterance)
  }

  text(): string {
    const tiers = this.#tiers.flatMap((name) => this.#tier(name))
    // ELAN wants the slots in the order of time; one without a time stays between those that it lies between.
    const order = [...this.#slots].sort((a, b) => a.at - b.at)
    const numbers = new Map(order.map((slot, index) => [slot, `ts${index + 1}`]))
    const slots = order.map(({ at, aligned }, index) => `        <TIME_SLOT TIME_SLOT_ID="ts${index + 1}"${aligned ? ` TIME_VALUE="${at}"` : ''}/>\n`)
    const media = escapeXmlAttribute(this.#recording.name.split('/').at(-1) ?? '')
    return [
      '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT AUTHOR="" DATE="1970-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0" ',
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">\n',
      '    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\n',
      `        <MEDIA_DESCRIPTOR MEDIA_URL="./${media}" MIME_TYPE="${escapeXmlAttribute(this.#recording.asset.mime)}" RELATIVE_MEDIA_URL="./${media}"/>\n    </HEADER>\n`,
      `    <TIME_ORDER>\n${slots.join('')}    </TIME_ORDER>\n`,
      ...tiers.flatMap(({ opening, rows }) => [opening, ...rows.map((row) => row(numbers)), '    </TIER>\n']),
      ...[...this.#types].map(([type, constraint]) => typeElement(type, constraint)),
      ...[...this.#locales].sort().map((locale) => `    <LOCALE LANGUAGE_CODE="${escapeXmlAttribute(locale)}"/>\n`),
      languageElements(this.#recording),
      constraintElements,
      '</ANNOTATION_DOCUMENT>\n',
    ].join('')
  }

  /** A tier, and further ones for what overlaps in a tier of its own. */
  #tier(name: string): WrittenTier[] {
    const tier = this.#byName.get(name)
    const parentTier = this.#parentTier(name)
    const constraint = parentTier === null ? 'none' : (tier?.constraint ?? 'none')
    if (tier !== undefined && tier.constraint !== 'none' && parentTier === null) this.#losses.add('constraint-lost', 'tier', `${this.#recording.asset.name} · ${name}`)
    const members = this.#members(name)
    const { EXT_REF: _elsewhere, ...about } = aboutOf(members)
    if (typeof about['DEFAULT_LOCALE'] === 'string') this.#locales.add(about['DEFAULT_LOCALE'])
    const attributes = { ...about, LINGUISTIC_TYPE_REF: this.#type(about['LINGUISTIC_TYPE_REF'], constraint), ...(parentTier === null ? {} : { PARENT_REF: parentTier }) }
    const lanes = constraint === 'none' ? laned(members) : [members]
    if (lanes.length > 1) this.#losses.add('tier-divided', 'tier', `${this.#recording.asset.name} · ${name}`)
    return lanes.map((lane, index) => ({
      opening: `    <TIER ${attributesOf({ ...attributes, TIER_ID: index === 0 ? name : `${name} (${index + 1})` })}>\n`,
      rows: constraint === 'none' ? lane.map((placed) => this.#alignable(placed, null)) : this.#dependent(lane, constraint, parentTier!),
    }))
  }

  /** The type's name as the file had it; a type has one constraint. */
  #type(wanted: Json | undefined, constraint: Tier['constraint']): string {
    const base = typeof wanted === 'string' && wanted !== '' ? wanted : constraint === 'none' ? 'default-lt' : constraint
    const type = (this.#types.get(base) ?? constraint) === constraint ? base : `${base}-${constraint}`
    this.#types.set(type, constraint)
    return type
  }

  #dependent(members: readonly Placed[], constraint: Tier['constraint'], parentTier: string): Row[] {
    const rows: Row[] = []
    for (const [parent, children] of Map.groupBy(members, (placed) => this.#parentOf(placed, parentTier))) {
      const kept = constraint === 'symbolic-association' ? children.slice(0, 1) : children
      for (const child of parent === null ? children : children.slice(kept.length)) this.#leaveOut(child)
      if (parent === null) continue
      if (constraint === 'time-subdivision') rows.push(...this.#divided(parent, kept))
      else if (constraint === 'included-in') rows.push(...kept.map((child) => this.#alignable(child, null)))
      else rows.push(...this.#referring(parent, kept, constraint === 'symbolic-subdivision'))
    }
    return rows
  }

  /** Neighbours share a slot, and the first and the last share those of what they divide. */
  #divided(parent: Placed, children: readonly Placed[]): Row[] {
    const loose = looseEnds(children)
    let from: Slot | null = parent.slots?.[0] ?? null
    return children.map((child, index) => {
      const before = children[index - 1]
      const touches = before === undefined ? child.start === parent.start : before.end === child.start
      const start: Slot = touches && from !== null ? from : this.#slot(child.start, true)
      const closes = index === children.length - 1 && child.end === parent.end && parent.slots
      const end: Slot = closes ? parent.slots![1] : this.#slot(child.end, !loose.has(child))
      from = end
      return this.#alignable(child, [start, end])
    })
  }

  #alignable(placed: Placed, slots: [Slot, Slot] | null): Row {
    placed.slots = slots ?? [this.#slot(placed.start, true), this.#slot(placed.end, true)]
    const [start, end] = placed.slots
    return this.#annotation('ALIGNABLE_ANNOTATION', placed, (numbers) => `TIME_SLOT_REF1="${numbers.get(start)!}" TIME_SLOT_REF2="${numbers.get(end)!}"`)
  }

  /** Their times are even shares of the parent's; others cannot be written. */
  #referring(parent: Placed, children: readonly Placed[], chained: boolean): Row[] {
    return children.map((child, index) => {
      const share = shareOf(parent, index, children.length)
      if (child.start !== share.start || child.end !== share.end) this.#lose('time-implied', child.utterance)
      const previous = chained ? children[index - 1] : undefined
      return this.#annotation('REF_ANNOTATION', child, () => `ANNOTATION_REF="${parent.id}"${previous === undefined ? '' : ` PREVIOUS_ANNOTATION="${previous.id}"`}`)
    })
  }

  #annotation(element: string, { id, utterance, start, end }: Placed, anchor: Row): Row {
    const implied = element === 'REF_ANNOTATION'
    this.written.push({ ...writtenAs(utterance), ...(implied ? { tolerance: Infinity } : { start: start / 1000, end: end / 1000 }) })
    const { annotation, extra } = utterance
    const text = annotation.text ?? ''
    if (spellable(text) !== text) this.#lose('text-changed', utterance)
    // Controlled vocabularies and files elsewhere are not written, so nothing may refer to them.
    if (Object.keys(objectIn(extra['attributes'])).length > 0) this.#lose('reference-lost', utterance)
    const language = annotation.language === null ? '' : ` LANG_REF="${escapeXmlAttribute(annotation.language)}"`
    const value = `                <ANNOTATION_VALUE>${escapeXmlText(text)}</ANNOTATION_VALUE>\n`
    return (numbers) => `        <ANNOTATION>\n            <${element} ANNOTATION_ID="${id}" ${anchor(numbers)}${language}>\n${value}            </${element}>\n        </ANNOTATION>\n`
  }
}

const objectIn = (value: Json | undefined): Record<string, Json> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {})
const aboutOf = (members: readonly Placed[]): Record<string, Json> => objectIn(members.map(({ utterance }) => utterance.extra['tier']).find((tier) => tier !== undefined))

/** The annotations whose end had no time of its own and still lies where an even division puts it. */
function looseEnds(children: readonly Placed[]): Set<Placed> {
  const loose = new Set<Placed>()
  let run: Placed[] = []
  for (const [index, child] of children.entries()) {
    run.push(child)
    if (wasLoose(child) && children[index + 1]?.start === child.end) continue
    const whole = { start: run[0]!.start, end: child.end }
    const even = run.every(({ start, end }, at) => start === shareOf(whole, at, run.length).start && end === shareOf(whole, at, run.length).end)
    if (even) for (const each of run.slice(0, -1)) loose.add(each)
    run = []
  }
  return loose
}

function wasLoose({ utterance }: Placed): boolean {
  const { unaligned } = utterance.extra
  return Array.isArray(unaligned) && unaligned.includes('end')
}

/** ELAN allows no overlap within a tier. */
function laned(members: readonly Placed[]): Placed[][] {
  const lanes: Placed[][] = [[]]
  for (const placed of members) {
    const lane = lanes.find((each) => (each.at(-1)?.end ?? 0) <= placed.start)
    if (lane === undefined) lanes.push([placed])
    else lane.push(placed)
  }
  return lanes
}
