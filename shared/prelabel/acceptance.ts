import { wilson } from '#shared/agreement/wilson.ts'
import type { AcceptancePoint, AcceptanceRow } from '#shared/contract/acceptance.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Author } from '#shared/model/author.ts'
import type { LabelId } from '#shared/model/id.ts'
import type { DraftVerdict } from '#shared/model/verdict.ts'
import { draftEdit, type DraftEdit } from './draftEdit.ts'
import { matchDrafts, matchGate } from './draftMatch.ts'
import { differenceOfMeans, meanOf, quantile, type Cluster } from './twoSamples.ts'

/** All of one item that tells how drafts fare. */
export interface JudgedItem {
  readonly slice: string | null
  /** Drafts of models. */
  readonly drafts: readonly Annotation[]
  /** People's own annotations: no drafts, and none of the layers that are no person's. */
  readonly marks: readonly Annotation[]
  readonly verdicts: readonly DraftVerdict[]
  /**
   * People who worked on it. `submittedAt`: milliseconds since 1970, null while they are at it; who submitted before a draft was made drew unaided.
   * `control`: the drafts were held back from them until they submitted.
   */
  readonly visits: readonly { readonly author: Author; readonly submittedAt: number | null; readonly control: boolean }[]
}

export type Outcome = 'accepted' | 'edited' | 'rejected'

/** Everything that is counted of one row. */
interface Group {
  readonly row: Pick<AcceptanceRow, 'model' | 'of' | 'label' | 'slice'>
  drafts: number
  readonly outcomes: Record<Outcome, number>
  readonly edits: DraftEdit[]
  readonly times: number[]
  readonly aided: Arm
  readonly unaided: Arm
}
interface Arm { pairs: number; marks: number; missed: number; drafts: number; alarms: number; readonly clusters: Cluster[] }
const newArm = (): Arm => ({ pairs: 0, marks: 0, missed: 0, drafts: 0, alarms: 0, clusters: [] })

const modelOf = ({ provenance }: Annotation): string | null => (provenance.by === 'model' ? provenance.model : null)
const madeAt = ({ provenance }: Annotation): number => (provenance.by === 'model' ? provenance.at : -Infinity)
/** Whether a mark came from a draft: accepted as it was, or changed since. */
const madeBy = ({ provenance }: Annotation): boolean => provenance.by === 'model' || (provenance.by === 'human' && provenance.origin?.by === 'model')

export interface Tally {
  add(item: JudgedItem): void
  rows(): AcceptanceRow[]
  trend(over: 'day' | 'verdicts'): AcceptancePoint[]
}

/** Counts how the drafts of models fare, an item at a time. */
export function acceptanceTally(sliced: boolean): Tally {
  const groups = new Map<string, Group>()
  const decisions: { readonly model: string; readonly at: number; readonly outcome: Outcome }[] = []

  function groupsOf(model: string, label: LabelId | null, slice: string | null): Group[] {
    const found = [groupOf({ model, of: 'model', label: null, slice: null }), groupOf({ model, of: 'label', label, slice: null })]
    if (sliced) found.push(groupOf({ model, of: 'slice', label: null, slice }), groupOf({ model, of: 'label-slice', label, slice }))
    return found
  }
  function groupOf(row: Group['row']): Group {
    const key = JSON.stringify([row.model, row.of, row.label, row.slice])
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { row, drafts: 0, outcomes: { accepted: 0, edited: 0, rejected: 0 }, edits: [], times: [], aided: newArm(), unaided: newArm() }))
    return group
  }

  function decide(item: JudgedItem, drafts: ReadonlyMap<string, Annotation>, marks: ReadonlyMap<string, Annotation>): void {
    // Who drew unaided and looks at the drafts afterwards rejects good ones as doubles: that says nothing about the model.
    const unaided = new Set(item.visits.filter(({ control }) => control).map((person) => person.author))
    for (const { about, at, durationMs, author } of item.verdicts) {
      const draft = drafts.get(about.draft)
      if (!draft || unaided.has(author)) continue
      const now = about.into === null ? undefined : marks.get(about.into)
      const edit = now ? draftEdit(draft, now) : null
      const outcome: Outcome = edit === null ? 'rejected' : edit.same ? 'accepted' : 'edited'
      for (const group of groupsOf(modelOf(draft)!, draft.label, item.slice)) {
        group.outcomes[outcome]++
        if (edit) group.edits.push(edit)
        if (durationMs !== null) group.times.push(durationMs)
        group.aided.drafts++
        if (outcome === 'rejected') group.aided.alarms++
      }
      decisions.push({ model: modelOf(draft)!, at, outcome })
    }
  }

  /** One person on one item, as far as one model goes. */
  function visit(item: JudgedItem, model: string, drafts: readonly Annotation[], author: Author, alone: boolean): void {
    const marks = item.marks.filter((mark) => mark.author === author && (!alone || !madeBy(mark)))
    const matched = matchDrafts(drafts, marks)
    const sums = new Map<Group, { sum: number; n: number }>()
    const touched = new Set<Arm>()
    const armsOf = (label: LabelId | null) => groupsOf(model, label, item.slice).map((group) => {
      const arm = alone ? group.unaided : group.aided
      touched.add(arm)
      return { group, arm }
    })
    drafts.forEach(({ label }, at) => {
      for (const { group, arm } of armsOf(label)) {
        const sum = sums.get(group) ?? { sum: 0, n: 0 }
        sums.set(group, { sum: sum.sum + matched.drafts[at]!, n: sum.n + 1 })
        if (alone) arm.drafts++
        if (alone && matched.drafts[at]! < matchGate) arm.alarms++
      }
    })
    marks.forEach(({ label }, at) => {
      for (const { arm } of armsOf(label)) {
        arm.marks++
        if (matched.marks[at]! < matchGate) arm.missed++
      }
    })
    for (const arm of touched) arm.pairs++
    for (const [group, sum] of sums) (alone ? group.unaided : group.aided).clusters.push(sum)
  }

  return {
    add(item) {
      const marks = new Map(item.marks.map((mark) => [mark.id as string, mark]))
      const byModel = Map.groupBy(item.drafts.filter((draft) => modelOf(draft) !== null), (draft) => modelOf(draft)!)
      for (const draft of item.drafts) if (modelOf(draft) !== null) for (const group of groupsOf(modelOf(draft)!, draft.label, item.slice)) group.drafts++
      decide(item, new Map([...byModel.values()].flat().map((draft) => [draft.id as string, draft])), marks)
      for (const [model, drafts] of byModel) {
        for (const { author, submittedAt, control } of item.visits) {
          const judged = new Set(item.verdicts.filter((verdict) => verdict.author === author).map(({ about }) => about.draft))
          const alone = control || (submittedAt !== null && drafts.every((draft) => madeAt(draft) > submittedAt))
          if (submittedAt !== null || (!control && drafts.every(({ id }) => judged.has(id)))) visit(item, model, drafts, author, alone)
        }
      }
    },
    rows: () => [...groups.values()].map(rowOf).sort(byPlace),
    trend: (over) => trendOf(decisions, over),
  }
}

const places = ['model', 'label', 'slice', 'label-slice'] as const
const byPlace = (a: AcceptanceRow, b: AcceptanceRow) => (a.model < b.model ? -1 : a.model > b.model ? 1 : places.indexOf(a.of) - places.indexOf(b.of) || b.decided - a.decided || (`${a.label} ${a.slice}` < `${b.label} ${b.slice}` ? -1 : 1))

function rowOf({ row, drafts, outcomes, edits, times, aided, unaided }: Group): AcceptanceRow {
  const decided = outcomes.accepted + outcomes.edited + outcomes.rejected
  const mean = (pick: (edit: DraftEdit) => number | null) => meanOf(edits.flatMap((edit) => { const value = pick(edit); return value === null ? [] : [{ sum: value, n: 1 }] }))
  const sorted = times.toSorted((a, b) => a - b)
  const armOf = (arm: Arm) => ({ pairs: arm.pairs, misses: wilson(arm.missed, arm.marks), falseAlarms: wilson(arm.alarms, arm.drafts) })
  return {
    ...row, drafts, decided, accepted: wilson(outcomes.accepted, decided), edited: wilson(outcomes.edited, decided), rejected: wilson(outcomes.rejected, decided),
    edit: {
      shape: mean(({ shape }) => shape), vertices: mean(({ vertices }) => vertices), characters: mean(({ characters }) => characters), seconds: mean(({ seconds }) => seconds),
      relabelled: wilson(edits.filter(({ relabelled }) => relabelled).length, edits.length),
    },
    time: { n: sorted.length, median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) },
    aided: armOf(aided), unaided: armOf(unaided),
    anchoring: { aided: meanOf(aided.clusters), unaided: meanOf(unaided.clusters), ...differenceOfMeans(aided.clusters, unaided.clusters) },
  }
}

const dayMs = 86_400_000
/** Verdicts a point where the trend goes by their number. */
export const verdictsAPoint = 50

function trendOf(decisions: readonly { model: string; at: number; outcome: Outcome }[], over: 'day' | 'verdicts'): AcceptancePoint[] {
  const points: AcceptancePoint[] = []
  for (const [model, all] of Map.groupBy(decisions, (decision) => decision.model)) {
    const sorted = all.toSorted((a, b) => a.at - b.at)
    const blocks = Map.groupBy(sorted.map((decision, place) => ({ ...decision, place })), ({ at, place }) => Math.floor(over === 'day' ? at / dayMs : place / verdictsAPoint))
    let index = 0
    for (const [block, inside] of blocks) {
      const of = (outcome: Outcome) => wilson(inside.filter((decision) => decision.outcome === outcome).length, inside.length)
      points.push({ model, index: index++, at: over === 'day' ? block * dayMs : inside[0]!.at, decided: inside.length, accepted: of('accepted'), edited: of('edited'), rejected: of('rejected') })
    }
  }
  return points.sort((a, b) => (a.model < b.model ? -1 : a.model > b.model ? 1 : a.index - b.index))
}
