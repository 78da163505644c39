import type { Annotation } from '#shared/model/annotation.ts'
import type { AudioAsset } from '#shared/model/asset.ts'
import type { Segment } from '#shared/model/geometry.ts'
import type { Snapshot, WrittenClip, WrittenMedia } from '../format.ts'
import type { LossLog } from '../lossLog.ts'
import { parts } from '../naming.ts'
import { oneLine, recordings } from './recordings.ts'

/** A recording, or a stretch of one, with its text: a row of the formats that have a file an utterance. */
export interface Utterance {
  readonly asset: AudioAsset
  readonly split: string | null
  readonly annotation: Annotation
  /** Where its sound is written. */
  readonly path: string
  readonly text: string
  /** Null for a recording as a whole. */
  readonly segment: { readonly geometry: Segment; readonly tier: string } | null
}

export interface Utterances { readonly rows: readonly Utterance[]; readonly media: WrittenMedia[]; readonly clips: WrittenClip[]; readonly texts: Map<string, string[]> }

/** The rows of a snapshot. Segments become clips of their own; `place` says where a file lies that wants to be called so, `spell` what the format can hold of a text. */
export function utterances(snapshot: Snapshot, format: string, losses: LossLog, place: (split: string | null, name: string) => string, spell: (text: string) => string = oneLine): Utterances {
  const all = recordings(snapshot, format, losses, { tier: true, label: false, language: true, whole: true }).filter(({ asset }) => {
    const here = !asset.findings.includes('missing-media')
    if (!here) losses.add('media-missing', 'audio', asset.name)
    return here
  })
  const splits = new Map(snapshot.items.map(({ asset, split }) => [asset.id, split]))
  const result = { rows: [] as Utterance[], media: [] as WrittenMedia[], clips: [] as WrittenClip[], texts: new Map<string, string[]>() }
  const taken = new Set<string>()
  const free = (split: string | null, name: string) => {
    const { stem, ending } = parts(name)
    let path = place(split, name)
    for (let number = 2; taken.has(path.toLowerCase()); number++) path = place(split, `${stem}_${number}${ending}`)
    taken.add(path.toLowerCase())
    return path
  }
  // Recordings as a whole first, so that they keep their names.
  for (const { asset, name, whole, utterances: segments } of all) {
    const split = splits.get(asset.id) ?? null
    if (whole.length === 0 && segments.length === 0) losses.add('no-text', 'audio', asset.name)
    const [annotation, ...more] = whole
    for (const each of more) losses.annotation('second-text', asset, each, null)
    if (annotation === undefined) continue
    const path = free(split, split === null ? name : name.slice(split.length + 1))
    result.media.push({ asset: asset.id, path, bakeOrientation: false })
    add(result, { asset, split, annotation, path, text: lineOf(annotation, asset, losses, spell), segment: null })
  }
  for (const { asset, name, utterances: segments } of all) {
    const split = splits.get(asset.id) ?? null
    const { stem } = parts(split === null ? name : name.slice(split.length + 1))
    const width = Math.max(4, String(segments.length).length)
    for (const [index, { annotation, geometry, tier }] of segments.entries()) {
      const why = notCut(asset, annotation, geometry)
      if (why !== null) {
        losses.annotation(why, asset, annotation, null)
        continue
      }
      if (geometry.end / geometry.rate > asset.duration + 1 / asset.sampleRate) losses.annotation('clip-shortened', asset, annotation, null)
      const path = free(split, `${stem}-${String(index + 1).padStart(width, '0')}.wav`)
      const { start, end, rate } = geometry
      result.clips.push({ asset: asset.id, path, start, end, rate })
      add(result, { asset, split, annotation, path, text: lineOf(annotation, asset, losses, spell), segment: { geometry, tier } })
    }
  }
  return result
}

function add(to: { rows: Utterance[]; texts: Map<string, string[]> }, row: Utterance): void {
  to.rows.push(row)
  to.texts.set(row.path, [row.text])
}

function notCut(asset: AudioAsset, { text }: Annotation, { start, end, rate }: Segment): string | null {
  if (text === null || text === '') return 'no-text'
  if (Math.round((end / rate) * asset.sampleRate) <= Math.round((start / rate) * asset.sampleRate)) return 'point-lost'
  if (start / rate >= asset.duration) return 'outside-recording'
  return /mp4|m4a|aac/u.test(asset.mime) ? 'not-cut' : null
}

function lineOf(annotation: Annotation, asset: AudioAsset, losses: LossLog, spell: (text: string) => string): string {
  const text = spell(annotation.text ?? '')
  if (text !== annotation.text) losses.annotation('text-changed', asset, annotation, null)
  return text
}

