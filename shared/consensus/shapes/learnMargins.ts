import type { Polygon } from '#shared/model/geometry.ts'
import { polygonArea } from '#shared/geometry/polygon.ts'
import { commonZero } from './commonZero.ts'
import type { AreaCluster } from './learnAreas.ts'
import { momentBox } from './momentBox.ts'
import { median, normalMad, trust } from './robust.ts'

/** Spread of margins as a share of the size, and of what else tells people's shapes apart; both hold who did little near none. */
const usualMargin = 0.03
const usualShape = 0.01
/** Of people with a margin, so many leave it outside. */
const loosely = 0.8
const rounds = 30
/** Of things of which a margin changes the figure by less than this for each root of the area, other habits would be taken for one. */
const telling = 1
/** Pixels; less is not worth taking off, nor is what is not sure by so many deviations, or was seen on fewer things. */
const least = 0.3
const sure = 3
const fewest = 8

/**
 * How many pixels beside the border each person draws, + outside: only those for whom that is sure. A margin and a stretch both make a thing larger, but the share of its moment box that a
 * thing fills, A / (w · h), is changed by a margin alone, by P / A − d log w − d log h for each pixel (P: the length of the border); nothing for a blob, much
 * for what has bays, holes or several parts. People's differences in it are laid on that figure by a robust regression a person, with an intercept for other habits (corners
 * cut). What nobody's data tell, who has no margin, is `commonZero`'s.
 */
export function learnMargins(clusters: readonly AreaCluster[]): Map<string, number> {
  const things = clusters.flatMap(thingOf)
  const people = [...new Set(things.flatMap(({ drawn }) => drawn.map(({ person }) => person)))].sort()
  if (people.length === 0) return new Map()
  const size = median(things.map((thing) => thing.size))
  const { lines, variances } = regress(things, people, size)
  const golden = things.some(({ gold }) => gold !== null)
  const { weights } = commonZero(lines.map(([margin], p) => ({ at: [margin!], variance: [variances[p]!] })), Math.max(least, usualMargin * 0.1 * size), loosely)
  const seen = (person: string) => things.filter(({ drawn }) => drawn.some((own) => own.person === person)).length
  const zero = golden ? 0 : weights.reduce((sum, weight, p) => sum + weight * lines[p]![0]!, 0)
  return new Map(people.flatMap((person, p) => {
    const margin = lines[p]![0]! - zero
    return Math.abs(margin) > Math.max(least, sure * Math.sqrt(variances[p]!)) && seen(person) >= fewest ? [[person, margin] as const] : []
  }))
}

/** `fills`: the logarithm of the share of its moment box that an outline fills; `slope`: what a pixel of margin adds to it. */
interface Thing { readonly drawn: readonly { readonly person: string; readonly fills: number }[]; readonly gold: number | null; readonly slope: number; readonly size: number }

function thingOf({ drawn, gold }: AreaCluster): Thing[] {
  const figures = drawn.flatMap(({ person, outline }) => {
    const figure = figureOf(outline)
    return figure ? [{ person, ...figure }] : []
  })
  const answer = gold ? figureOf(gold) : null
  if (new Set(figures.map(({ person }) => person)).size < (answer ? 1 : 2)) return []
  const slope = median(figures.map((figure) => figure.slope)), size = median(figures.map((figure) => figure.size))
  return slope * size < telling ? [] : [{ drawn: figures, gold: answer?.fills ?? null, slope, size }]
}

interface Figure { readonly fills: number; readonly slope: number; readonly size: number }

function figureOf(outline: Polygon): Figure | null {
  const box = momentBox(outline), area = polygonArea(outline)
  if (!box || !(area > 0) || box.width === 0 || box.height === 0) return null
  const cx = box.x + box.width / 2, cy = box.y + box.height / 2, xx = box.width ** 2 / 12, yy = box.height ** 2 / 12
  let length = 0, alongX = 0, alongY = 0
  for (const ring of outline.parts.flat()) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const x0 = ring[j]! - cx, y0 = ring[j + 1]! - cy, x1 = ring[i]! - cx, y1 = ring[i + 1]! - cy
      const edge = Math.hypot(x1 - x0, y1 - y0)
      length += edge
      alongX += (edge * (x0 * x0 + x0 * x1 + x1 * x1)) / 3
      alongY += (edge * (y0 * y0 + y0 * y1 + y1 * y1)) / 3
    }
  }
  // A margin adds border · its second moment; half of that, over the moment, is what it adds to the logarithm of the width.
  const growth = (alongX - length * xx) / area / xx / 2 + (alongY - length * yy) / area / yy / 2
  return { fills: Math.log(area / box.width / box.height), slope: length / area - growth, size: Math.sqrt(area) }
}

/** Margin and intercept of each person, and the variance of the margin. */
function regress(things: readonly Thing[], people: readonly string[], size: number): { lines: number[][]; variances: number[] } {
  const place = new Map(people.map((person, at) => [person, at]))
  const lines = people.map(() => [0, 0])
  let noise = usualShape ** 2, variances = people.map(() => 0)
  for (let round = 0; round < rounds; round++) {
    const sums = people.map(() => [(usualMargin * size) ** -2, 0, usualShape ** -2, 0, 0])
    const off: number[] = []
    for (const { drawn, gold, slope } of things) {
      const own = drawn.map(({ person, fills }) => fills - lines[place.get(person)!]![0]! * slope - lines[place.get(person)!]![1]!)
      const truth = gold ?? median(own), alone = gold === null ? (own.length - 1) / own.length : 1
      drawn.forEach(({ person, fills }, at) => {
        const squared = (own[at]! - truth) ** 2
        if (gold !== null) off.push(Math.abs(own[at]! - truth))
        else for (const other of own.slice(at + 1)) off.push(Math.abs(own[at]! - other) / Math.SQRT2)
        const weight = (trust(squared / noise) / noise) * alone, sum = sums[place.get(person)!]!
        sum[0]! += weight * slope * slope
        sum[1]! += weight * slope
        sum[2]! += weight
        sum[3]! += weight * slope * (fills - truth)
        sum[4]! += weight * (fills - truth)
      })
    }
    noise = Math.max((normalMad * median(off)) ** 2, 1e-8)
    variances = sums.map(([a, b, c]) => c! / (a! * c! - b! * b!))
    sums.forEach(([a, b, c, y, z], p) => {
      const det = a! * c! - b! * b!
      lines[p] = [(c! * y! - b! * z!) / det, (a! * z! - b! * y!) / det]
    })
  }
  return { lines, variances }
}
