import type { Serialized, Snapshot, WrittenSegment } from '../format.ts'
import { LossLog } from '../lossLog.ts'
import { secondsText } from '../timed/decimal.ts'
import { recordings, serialized, tiersByRecording, writtenAs, writtenSeconds, type Recording, type Utterance } from '../timed/recordings.ts'

interface Row { readonly start: string; readonly end: string; readonly text: string }
interface TierRows { readonly name: string; readonly points: boolean; readonly rows: Row[]; readonly members: readonly Utterance[] }

/** One long TextGrid a recording, in UTF-8. Segments that overlap within a tier go to a second tier of its name. */
export function writeTextGrid(snapshot: Snapshot): Serialized {
  const losses = new LossLog()
  const all = recordings(snapshot, 'textgrid', losses, { tier: true, label: false })
  const names = tiersByRecording(snapshot.tiers, all)
  const points = new Set(snapshot.tiers.filter((tier) => tier.points).map((tier) => tier.name))
  const written = new Map<Recording, WrittenSegment[]>()
  const files = all.map((recording) => {
    const byTier = Map.groupBy(recording.utterances, ({ tier }) => tier)
    const tiers = names(recording).flatMap((name) => tiersOf(name, byTier.get(name) ?? [], points.has(name), recording, losses))
    written.set(recording, tiers.flatMap(({ members }) => members.filter(({ annotation }) => annotation.text).map((member) => writtenAs(member))))
    return { path: `${recording.stem}.TextGrid`, content: documentOf(tiers, lengthOf(recording)) }
  })
  return serialized(all, files, losses, written)
}

/** The recording's length, or the end of the last segment if that is later. */
function lengthOf(recording: Recording): string {
  const ends = recording.utterances.map(({ geometry }) => geometry)
  const latest = ends.toSorted((a, b) => b.end / b.rate - a.end / a.rate)[0]
  if (latest === undefined || latest.end / latest.rate <= recording.asset.duration) return secondsText(Math.round(recording.asset.duration * 1e9), 1e9).text
  return secondsText(latest.end, latest.rate).text
}

function tiersOf(name: string, utterances: readonly Utterance[], points: boolean, recording: Recording, losses: LossLog): TierRows[] {
  const lanes: { end: number; members: Utterance[] }[] = [{ end: -1, members: [] }]
  for (const utterance of utterances) {
    const { start, end, rate } = utterance.geometry
    const instant = start === end && !points
    if (instant) losses.annotation('point-lost', recording.asset, utterance.annotation, utterance.label)
    if (instant) continue
    if (points && start !== end) losses.annotation('point-shortened', recording.asset, utterance.annotation, utterance.label)
    let lane = lanes.find((each) => points ? each.end < start / rate : each.end <= start / rate)
    if (lane === undefined) lanes.push((lane = { end: -1, members: [] }))
    lane.end = points ? start / rate : end / rate
    lane.members.push(utterance)
  }
  if (lanes.length > 1) losses.add('tier-divided', 'tier', `${recording.asset.name} · ${name}`)
  return lanes.map(({ members }, index) => ({ name: index === 0 ? name : `${name} (${index + 1})`, points, members, rows: members.map((member) => rowOf(member, recording, losses)) }))
}

function rowOf(utterance: Utterance, recording: Recording, losses: LossLog): Row {
  const { annotation, geometry, label } = utterance
  const start = writtenSeconds(utterance, geometry.start, 'start', 0, recording, losses)
  const end = writtenSeconds(utterance, geometry.end, 'end', 0, recording, losses)
  // Without text it reads as the silence that Praat fills a tier with.
  if (!annotation.text) losses.annotation('empty-text', recording.asset, annotation, label)
  const text = (annotation.text ?? '').toWellFormed().replaceAll(/\r\n?/gu, '\n').replaceAll('\0', '')
  if (text !== (annotation.text ?? '')) losses.annotation('text-changed', recording.asset, annotation, label)
  return { start, end, text }
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

/** Interval tiers have no gaps in Praat: what is silent is an interval without text. */
function filled(rows: readonly Row[], length: string): Row[] {
  const result: Row[] = []
  let at = '0'
  for (const row of rows) {
    if (at !== row.start) result.push({ start: at, end: row.start, text: '' })
    result.push(row)
    at = row.end
  }
  if (at !== length) result.push({ start: at, end: length, text: '' })
  return result
}

function documentOf(tiers: readonly TierRows[], length: string): string {
  const lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', '', 'xmin = 0 ', `xmax = ${length} `, 'tiers? <exists> ', `size = ${tiers.length} `, 'item []: ']
  for (const [index, { name, points, rows }] of tiers.entries()) {
    const all = points ? rows : filled(rows, length)
    const what = points ? 'points' : 'intervals'
    lines.push(`    item [${index + 1}]:`, `        class = "${points ? 'TextTier' : 'IntervalTier'}" `, `        name = ${quoted(name)} `, '        xmin = 0 ', `        xmax = ${length} `, `        ${what}: size = ${all.length} `)
    for (const [number, row] of all.entries()) {
      lines.push(`        ${what} [${number + 1}]:`)
      if (points) lines.push(`            number = ${row.start} `, `            mark = ${quoted(row.text)} `)
      else lines.push(`            xmin = ${row.start} `, `            xmax = ${row.end} `, `            text = ${quoted(row.text)} `)
    }
  }
  return `${lines.join('\n')}\n`
}
