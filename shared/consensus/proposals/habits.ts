import type { Author } from '#shared/model/author.ts'
import type { Segment } from '#shared/model/geometry.ts'
import type { PersonProfile } from '#shared/consensus/proposal.ts'
import { noHabits as noBoxHabits, type BoxHabits } from '#shared/consensus/shapes/boxHabit.ts'
import { habitsOf } from '#shared/consensus/shapes/estimateShape.ts'
import { median } from '#shared/consensus/shapes/robust.ts'
import type { Thing } from './layout.ts'

/** What is learned of how people draw. */
export interface Habits {
  /** Seconds by which a person sets starts and ends late (+) or early (−). */
  readonly ends: ReadonlyMap<Author, readonly [start: number, end: number]>
  readonly boxes: BoxHabits
}
export const noHabits: Habits = { ends: new Map(), boxes: noBoxHabits }

/** From what people drew of the same things, and from the answers that a person decided. */
export function learnHabits(things: readonly Thing[]): Habits {
  const areas = things.filter(({ family }) => family === 'area' || family === 'line')
  return {
    ends: learnEnds(things),
    boxes: habitsOf(areas.map(({ members }) => members.map(({ person, mark: { geometry } }) => ({ person, geometry }))), areas.map(({ final }) => final?.geometry ?? null)),
  }
}

/** What a profile shows of a person's boxes, or else of their outlines; null where they drew none that could be compared. */
export function boxProfile({ boxes }: Habits, author: Author): Pick<PersonProfile, 'bias' | 'deviation'> {
  const own = boxes.people.get(author) ?? boxes.outlines?.boxes.people.get(author)
  return { bias: own ? [...own.bias] : null, deviation: own ? [...own.deviation] : null }
}

/** A habit is held near none as if by so many segments without one. */
const usualSegments = 4

/** Each person's median distance from the middle of all (or the answer), at both ends, less the median of everybody's: if all are late, nobody can tell. */
function learnEnds(things: readonly Thing[]): Map<Author, readonly [number, number]> {
  const off = new Map<Author, { start: number[]; end: number[] }>()
  let golden = false
  for (const { family, members, final } of things) {
    if (family !== 'segment' || (members.length < 2 && !final)) continue
    const seconds = members.map(({ person, mark }) => ({ person, ...inSeconds(mark.geometry as Segment) }))
    const answer = final?.geometry.kind === 'segment' ? inSeconds(final.geometry) : null
    golden ||= answer !== null
    const start = answer?.start ?? median(seconds.map((one) => one.start)), end = answer?.end ?? median(seconds.map((one) => one.end))
    for (const one of seconds) {
      const own = off.get(one.person) ?? { start: [], end: [] }
      off.set(one.person, own)
      own.start.push(one.start - start)
      own.end.push(one.end - end)
    }
  }
  const people = [...off.keys()].sort()
  const raw = people.map((person) => [median(off.get(person)!.start), median(off.get(person)!.end)] as const)
  const zero = golden || people.length === 0 ? [0, 0] as const : [median(raw.map(([start]) => start)), median(raw.map(([, end]) => end))] as const
  return new Map(people.map((person, at) => {
    const held = off.get(person)!.start.length / (off.get(person)!.start.length + usualSegments)
    return [person, [(raw[at]![0] - zero[0]) * held, (raw[at]![1] - zero[1]) * held] as const]
  }))
}

const inSeconds = ({ start, end, rate }: Segment) => ({ start: start / rate, end: end / rate })
