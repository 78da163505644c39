import type { AudioAsset } from '#shared/model/asset.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import { byOrder } from '#shared/model/annotation.ts'
import type { Segment } from '#shared/model/geometry.ts'
import type { Tier } from '#shared/model/tier.ts'
import type { Json, Serialized, Snapshot, WrittenFile, WrittenSegment } from '../format.ts'
import type { LossLog } from '../lossLog.ts'
import { exportNames, parts } from '../naming.ts'
import { inRate, secondsText, ticksOf } from './decimal.ts'

/** A segment that leaves, with its tier's and label's names. */
export interface Utterance {
  readonly annotation: Annotation
  readonly geometry: Segment
  readonly tier: string
  readonly label: string | null
  /** What the file of this format that it came from said beyond our model; empty when it came from elsewhere. */
  readonly extra: Readonly<Record<string, Json>>
  readonly sourceId: string | null
}

export interface Recording {
  readonly asset: AudioAsset
  /** Safe and distinct, with the split's folder. */
  readonly name: string
  readonly stem: string
  /** In the order of time, then of the record. */
  readonly utterances: Utterance[]
  /** What is said of the recording as a whole; empty unless the format holds it. */
  readonly whole: Annotation[]
}

/** What a format holds of a segment besides its time and text; everything else is named as lost. */
export interface Holds {
  /** True: every tier by its name. A name: all is read back as this one tier. */
  readonly tier: true | string
  readonly label: boolean
  readonly language?: boolean
  readonly relations?: boolean
  /** Names stand in columns, which white space would break. */
  readonly columns?: boolean
  /** Texts of recordings as a whole. */
  readonly whole?: boolean
}

/** Everything that a writer of recordings needs; pictures, shapes and what the format has no place for are named as lost. */
export function recordings(snapshot: Snapshot, format: string, losses: LossLog, holds: Holds): Recording[] {
  const names = exportNames(snapshot.items.map(({ asset }) => (holds.columns ? { ...asset, name: asset.name.replaceAll(/\s/gu, '_') } : asset)), true)
  const tiers = new Map(snapshot.tiers.map((tier) => [tier.id, tier.name]))
  const labels = new Map(snapshot.labels.map((label) => [label.id, label.name]))
  const result: Recording[] = []
  for (const { asset, annotations, relations, split } of snapshot.items) {
    if (asset.kind !== 'audio') {
      losses.add('media-not-held', asset.kind, asset.name)
      continue
    }
    const safe = names.get(asset.id)!
    if (safe !== asset.name) losses.add('name-changed', 'audio', `${JSON.stringify(asset.name)} → ${safe}`)
    if (!holds.relations) for (const relation of relations) losses.add('relation-lost', 'relation', `${asset.name} · ${relation.name} · ${relation.id}`)
    const name = split === null ? safe : `${split}/${safe}`
    const utterances: Utterance[] = []
    const whole: Annotation[] = []
    for (const annotation of [...annotations].sort(byOrder)) {
      const label = annotation.label === null ? null : (labels.get(annotation.label) ?? null)
      const { geometry } = annotation
      if (geometry.kind === 'item' && holds.whole && annotation.text !== null) {
        for (const code of lostOf(annotation, holds)) losses.annotation(code, asset, annotation, label)
        whole.push(annotation)
        continue
      }
      if (geometry.kind !== 'segment') {
        losses.annotation('kind-not-held', asset, annotation, label)
        continue
      }
      for (const code of lostOf(annotation, holds)) losses.annotation(code, asset, annotation, label)
      utterances.push({ annotation, geometry, tier: tiers.get(geometry.tier) ?? String(geometry.tier), label, ...originOf(annotation, format) })
    }
    if (holds.tier !== true) for (const tier of new Set(utterances.map((utterance) => utterance.tier))) if (tier !== holds.tier) losses.add('tier-lost', 'tier', `${asset.name} · ${tier}`)
    result.push({ asset, name, stem: parts(name).stem, utterances: utterances.sort(byTime), whole })
  }
  return result.sort((a, b) => (a.name < b.name ? -1 : 1))
}

const byTime = (a: Utterance, b: Utterance) =>
  a.geometry.start / a.geometry.rate - b.geometry.start / b.geometry.rate || byOrder(a.annotation, b.annotation)

function lostOf(annotation: Annotation, holds: Holds): string[] {
  return [
    ...(Object.keys(annotation.attributes).length > 0 ? ['attributes-dropped'] : []),
    ...(annotation.label !== null && !holds.label ? ['label-lost'] : []),
    ...(annotation.language !== null && !holds.language ? ['language-lost'] : []),
    ...(annotation.direction !== 'auto' ? ['direction-lost'] : []),
    ...(annotation.flags.length > 0 ? ['flags-dropped'] : []),
    ...(annotation.group !== null ? ['group-lost'] : []),
    ...((annotation.spans ?? []).length > 0 ? ['spans-lost'] : []),
    ...(annotation.draft ? ['draft-as-label'] : []),
  ]
}

/** What the file of this format that an annotation came from said beyond our model. */
export const importedExtra = (annotation: Annotation, format: string): Readonly<Record<string, Json>> => originOf(annotation, format).extra

function originOf({ provenance }: Annotation, format: string): Pick<Utterance, 'extra' | 'sourceId'> {
  const origin = provenance.by === 'human' ? provenance.origin : provenance
  return origin?.by === 'import' && origin.format === format ? { extra: origin.extra, sourceId: origin.sourceId } : { extra: {}, sourceId: null }
}

/**
 * The tiers that a recording's file has, in the project's order: those it uses, and those that no recording uses,
 * which somebody made for all of them.
 */
export function tiersByRecording(tiers: readonly Tier[], all: readonly Recording[]): (recording: Recording) => string[] {
  const used = new Map(all.map((recording) => [recording, new Set(recording.utterances.map(({ tier }) => tier))]))
  const anywhere = new Set([...used.values()].flatMap((names) => [...names]))
  const order = [...tiers].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)).map(({ name }) => name)
  return (recording) => {
    const names = used.get(recording) ?? new Set<string>()
    return [...new Set([...order.filter((name) => names.has(name) || !anywhere.has(name)), ...names])]
  }
}

/** A file's value of the text kind, or null. */
export const textIn = (extra: Readonly<Record<string, Json>>, key: string): string | null => {
  const value = extra[key]
  return typeof value === 'string' ? value : null
}

/** Start and end in another rate; a time that falls between two ticks is rounded and named. */
export function roundedTimes({ geometry, annotation, label }: Utterance, rate: number, recording: Recording, losses: LossLog): { start: number; end: number } {
  const [start, end] = [inRate(geometry.start, geometry.rate, rate), inRate(geometry.end, geometry.rate, rate)]
  if (!start.exact || !end.exact) losses.annotation('time-rounded', recording.asset, annotation, label)
  return { start: start.ticks, end: end.ticks }
}

/**
 * A time of the utterance as seconds: as the file wrote it (`literal`) as long as it still means these ticks, else with
 * at least `least` decimals. A time that falls between two nanoseconds is rounded and named.
 */
export function writtenSeconds({ geometry, annotation, label, extra }: Utterance, ticks: number, literal: string, least: number, recording: Recording, losses: LossLog): string {
  const original = textIn(extra, literal)
  const same = original === null ? null : ticksOf(original, geometry.rate)
  if (original !== null && same?.ok === true && same.ticks === ticks) return original
  const { text, exact } = secondsText(ticks, geometry.rate, least)
  if (!exact) losses.annotation('time-rounded', recording.asset, annotation, label)
  return text
}

/** A millisecond, and what is lost in the last digit. */
const tolerance = 0.0011
/** Text that every format spells alike, so that it can be compared. */
const plain = /^[^\s\p{Cc}<>&{}]+(?: [^\s\p{Cc}<>&{}]+)*$/u

/** What a reader must find of an utterance that was written with its own times. */
export function writtenAs({ geometry, annotation }: Utterance, withText = true): WrittenSegment {
  const text = annotation.text ?? ''
  return { start: geometry.start / geometry.rate, end: geometry.end / geometry.rate, tolerance, text: withText && plain.test(text) ? text : null }
}

/** The whole of an export: the files, each recording beside them, and what must be found again. */
export function serialized(
  all: readonly Recording[], files: readonly WrittenFile[], losses: LossLog, written: ReadonlyMap<Recording, readonly WrittenSegment[]>,
): Serialized {
  return {
    files, media: all.map(({ asset, name }) => ({ asset: asset.id, path: name, bakeOrientation: false })), losses: losses.list, proof: new Map(),
    annotations: [...written.values()].reduce((sum, segments) => sum + segments.length, 0),
    segments: new Map(all.map((recording) => [recording.stem, written.get(recording) ?? []])),
  }
}

/** Where every utterance is written. */
export const allWritten = (all: readonly Recording[], withText = true): Map<Recording, WrittenSegment[]> =>
  new Map(all.map((recording) => [recording, recording.utterances.map((utterance) => writtenAs(utterance, withText))]))

/** Text that a line of a file can hold: no line breaks, tabs or control characters, no half surrogates. */
export const oneLine = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')

/** Lines of a cue: no empty ones (they would end it), no control characters. */
export const cueLines = (text: string): string =>
  text.toWellFormed().split(/\r\n|[\n\r\p{Zl}\p{Zp}]/u).map((line) => line.replace(/[\p{Cc}]+/gu, ' ')).filter((line) => line.trim() !== '').join('\n')
