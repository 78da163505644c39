import type { Geometry } from '#shared/model/geometry.ts'
import type { Editing } from './editing.ts'
import { estimateColor, present, signOf } from './shapes.ts'
import type { Case } from './variants.ts'

/** A stretch of time, in seconds. */
export interface Bar { readonly start: number; readonly end: number; readonly text: string }
/** What one person says on the axis of time, the estimate, or the adjudicator's own answer. `whiskers`: how unsure an end is, in seconds. */
export interface Row { readonly letter: string; readonly color: string; readonly bars: readonly Bar[]; readonly whiskers: readonly (readonly [at: number, deviation: number])[] }

/** The row of the adjudicator's own answer. */
export const yours = 'yours'

const barsOf = (all: readonly { readonly geometry: Geometry; readonly text: string | null }[]): Bar[] =>
  all.flatMap(({ geometry, text }) => (geometry.kind === 'segment' ? [{ start: geometry.start / geometry.rate, end: geometry.end / geometry.rate, text: text ?? '' }] : []))

export function rowsOf({ proposals, variants }: Case, editing: Editing | null): Row[] {
  const estimate = proposals.map(({ geometry, text }) => ({ geometry, text: text?.value ?? null }))
  const whiskers = proposals.flatMap(({ geometry, spread }) => (geometry.kind === 'segment' && spread.kind === 'ends' ? [[geometry.start / geometry.rate, spread.start] as const, [geometry.end / geometry.rate, spread.end] as const] : []))
  return [
    ...present(variants).map(({ letter, annotations }) => ({ letter, color: signOf(letter).color, bars: barsOf(annotations), whiskers: [] })),
    { letter: 'estimate', color: estimateColor, bars: barsOf(estimate), whiskers },
    ...(editing === null ? [] : [{ letter: yours, color: estimateColor, bars: barsOf(editing.things), whiskers: [] }]),
  ].filter(({ bars }) => bars.length > 0)
}

