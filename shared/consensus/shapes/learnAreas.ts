import type { Polygon } from '#shared/model/geometry.ts'
import { boundsOf, unionAll } from '#shared/geometry/bounds.ts'
import type { OutlineHabits } from './boxHabit.ts'
import { learnBoxes } from './learnBoxes.ts'
import { learnMargins } from './learnMargins.ts'
import { momentBox } from './momentBox.ts'
import { straightened, withoutMargin } from './straighten.ts'
import { gridOver, votesOf } from './votes.ts'

/** One outline of one person. */
export interface Outlined { readonly person: string; readonly outline: Polygon }
/** Outlines of one thing; `gold` where its true one is known. */
export interface AreaCluster { readonly drawn: readonly Outlined[]; readonly gold?: Polygon | null | undefined }

/** Pseudo-counts that hold a person near everybody. */
const usualMarks = 4
const cells = 2 ** 11

/** How people draw outlines: margins, then the biases of what is inside them from their moment boxes, then, freed of both, how rough the borders are. */
export function learnAreas(clusters: readonly AreaCluster[]): OutlineHabits {
  const margins = learnMargins(clusters)
  const inner = clusters.map(({ drawn, gold }) => ({ drawn: drawn.map(({ person, outline }) => ({ person, outline: withoutMargin(outline, margins.get(person) ?? 0) })), gold }))
  const boxes = learnBoxes(inner.map(({ drawn, gold }) => ({
    boxes: drawn.flatMap(({ person, outline }) => {
      const box = momentBox(outline)
      return box ? [{ person, box }] : []
    }),
    gold: (gold && momentBox(gold)) ?? undefined,
  })))
  const known: OutlineHabits = { boxes, margins: new Map(), scales: new Map() }
  return { boxes, margins, scales: learnRoughness(inner.map(({ drawn }) => drawn.map(({ person, outline }) => ({ person, outline: straightened(outline, person, known) })))) }
}

/**
 * How far each person's outlines are from the truth, as a multiple of everybody's (root of the mean of squares). Two outlines with independent errors of
 * variances a and b along their border enclose a strip between them whose mean width is the root of a + b, times a constant; so the strips of all pairs, as
 * shares of the areas, give each person's variance (as Grubbs 1948 has it for instruments), here by multiplicative updates, which keep it above 0. Two people alone
 * can't be told apart. `clusters`: outlines of one thing each, freed of what is known of people's bias.
 */
export function learnRoughness(clusters: readonly (readonly Outlined[])[]): Map<string, number> {
  const people = [...new Set(clusters.flatMap((own) => own.map(({ person }) => person)))].sort()
  const place = new Map(people.map((person, at) => [person, at]))
  const width = people.map(() => people.map(() => 0)), count = people.map(() => people.map(() => 0)), marks = people.map(() => 0)
  for (const own of clusters) {
    const bounds = unionAll(own.map(({ outline }) => boundsOf(outline)))
    if (own.length < 2 || !bounds) continue
    const between = stripsOf(own.map(({ outline }) => outline), bounds)
    own.forEach(({ person }, i) => {
      const p = place.get(person)!
      marks[p]!++
      own.forEach((other, j) => {
        const q = place.get(other.person)!
        if (p === q || between === null) return
        width[p]![q]! += between[i]![j]!
        count[p]![q]!++
      })
    })
  }
  return scalesOf(people, width, count, marks)
}

/** The area that one of two has and the other has not, over the mean of both; null where nobody has any. */
function stripsOf(outlines: readonly Polygon[], bounds: Parameters<typeof gridOver>[0]): number[][] | null {
  const votes = votesOf(outlines, gridOver(bounds, cells))
  const areas = outlines.map((_, p) => votes.patterns.reduce((sum, own, at) => sum + (own[p] ? votes.cells[at]! : 0), 0))
  const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length
  if (mean === 0) return null
  return outlines.map((_, p) => outlines.map((_, q) => votes.patterns.reduce((sum, own, at) => sum + (own[p] === own[q] ? 0 : votes.cells[at]!), 0) / mean))
}

function scalesOf(people: readonly string[], width: readonly number[][], count: readonly number[][], marks: readonly number[]): Map<string, number> {
  const squares = width.map((row, p) => row.map((sum, q) => (count[p]![q]! > 0 ? (sum / count[p]![q]!) ** 2 : 0)))
  const pairs = count.flat().reduce((sum, own) => sum + own, 0)
  const whole = squares.reduce((sum, row, p) => sum + row.reduce((own, square, q) => own + square * count[p]![q]!, 0), 0)
  const usual = pairs > 0 ? whole / pairs / 2 : 0
  if (!(usual > 0)) return new Map()
  let variances = people.map(() => usual)
  for (let round = 0; round < 100; round++) {
    variances = variances.map((own, p) => {
      let above = (usualMarks * 2 * usual) / (own + usual) ** 2, below = usualMarks / (own + usual)
      squares[p]!.forEach((square, q) => {
        const n = count[p]![q]!, both = own + variances[q]!
        above += (n * square) / both ** 2
        below += n / both
      })
      return Math.max(usual / 100, own * Math.sqrt(above / below))
    })
  }
  const weight = marks.reduce((sum, own) => sum + own, 0)
  const mean = variances.reduce((sum, own, p) => sum + own * marks[p]!, 0) / weight
  return new Map(people.map((person, p) => [person, Math.sqrt(variances[p]! / mean)]))
}
