import type { Path } from '#shared/geometry/ring.ts'
import type { Bounds, ImagePoint } from '#shared/geometry/point.ts'
import type { AnnotationId } from '#shared/model/id.ts'
import type { Prompt, PromptPoint } from '#shared/prelabel/prompt/prompt.ts'
import type { Found, Question } from '../tool.ts'

/** One thing that a person showed: a click, a stroke, a box. Taken back one by one. */
export type Shown =
  | { readonly kind: 'points'; readonly points: readonly PromptPoint[] }
  | { readonly kind: 'box'; readonly box: Bounds }

/** The button is down: a click as long as it has not moved, then a box or a stroke. */
export interface Press {
  readonly kind: 'pointing' | 'boxing' | 'stroking'
  readonly start: ImagePoint
  readonly at: ImagePoint
  /** False with Shift or Alt: what is shown is not of the object. */
  readonly positive: boolean
  /** With Ctrl a drag is a stroke; so it is with Shift or Alt, because a box is never "not this". */
  readonly stroke: boolean
  readonly trail: Path
}

/** What a model answered to the question with this number. */
export interface Answered { readonly number: number; readonly found: Found | null }

export interface ClickToSegmentState {
  readonly shown: readonly Shown[]
  readonly press: Press | null
  /** Numbers of questions count up, so that a late answer is known for one. */
  readonly asked: number
  /** The question that waits. */
  readonly question: Question | null
  /** The newest answer to what is shown; while `question` waits, the one before. */
  readonly answered: Answered | null
  /** What lies under the resting pointer, while nothing is shown. */
  readonly hover: (Answered & { readonly at: ImagePoint }) | null
  /** The selected shape that is refined; null for a new one. */
  readonly target: AnnotationId | null
  /** What was accepted last: selected, but not to be refined by the next click. */
  readonly accepted: AnnotationId | null
  /** Enter came before the answer. */
  readonly accepting: boolean
  readonly preparing: string | null
  readonly failure: string | null
}

export const initial: ClickToSegmentState = {
  shown: [], press: null, asked: 0, question: null, answered: null, hover: null, target: null, accepted: null, accepting: false, preparing: null, failure: null,
}

/** All that is shown as one prompt: every point, and the newest box. */
export const promptOf = (shown: readonly Shown[]): Prompt => ({
  points: shown.flatMap((each) => (each.kind === 'points' ? each.points : [])),
  box: shown.reduce<Bounds | null>((box, each) => (each.kind === 'box' ? each.box : box), null),
})

/** Nothing shown any more; what is known about the model and the numbers stay. */
export const cleared = ({ asked, accepted, preparing }: ClickToSegmentState): ClickToSegmentState => ({ ...initial, asked, accepted, preparing })
