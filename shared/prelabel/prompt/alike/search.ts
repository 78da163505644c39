import { intersects } from '#shared/geometry/bounds.ts'
import { maskOverlap } from '#shared/geometry/iou.ts'
import { maskArea, maskHas } from '#shared/geometry/mask.ts'
import type { Mask } from '#shared/model/geometry.ts'
import type { Picture } from '#shared/prelabel/sample.ts'
import type { Session, Tensor, Tensors } from '#shared/prelabel/tensor.ts'
import { readMasks, type Cutout } from '../cutout.ts'
import { decoderFeeds } from '../feeds.ts'
import type { Frame } from '../frame.ts'
import type { Prompt } from '../prompt.ts'
import { appearanceOf, overlap, type Appearance } from './appearance.ts'
import { featuresOf, type Features } from './features.ts'
import { compare, likenessMap, likenessOf, type Likeness } from './likeness.ts'
import { peakOf, placesOf, type Place } from './places.ts'

/** How alike something must be at least to be proposed, and how alike to need no second look; 0 … 1. */
export const leastAlike = 0.55
const plainlyAlike = 0.75
/** Below this a closer look has never helped. */
const hopeless = 0.25
/** Areas from this share to this multiple of the examples': perspective, and the sizes that things have. */
const areas = [0.3, 3] as const
/** What the decoder must think of its own mask: the IoU that it expects, and how little the mask depends on the threshold. */
const leastExpected = 0.8
const leastStable = 0.85
/** Places to look at: this share of the map at the examples themselves, and no more than so many. */
const leastPlace = 0.25
const mostPlaces = 120
/** What lies around a place shares at least so much of the examples' colour, or no look at it is needed. */
const leastColour = 0.1
/** What is given at most. */
export const mostFound = 100

/** What is looked for in a picture. */
export interface Search {
  readonly frame: Frame
  readonly features: Features
  readonly picture: Picture
  readonly likeness: Likeness
  readonly looks: readonly Appearance[]
  /** How much the examples stand out from what is around them: the difference of two cosines. */
  readonly contrast: number
  /** Of one example, in item pixels: mean area, and the longest side of the largest. */
  readonly area: number
  readonly side: number
  readonly places: readonly Place[]
}

/** `examples`: masks in item pixels. Null where they are too small for the encoder's cells. */
export function beginSearch(embedding: Tensor, frame: Frame, picture: Picture, examples: readonly Mask[]): Search | null {
  const shapes = examples.filter((mask) => maskArea(mask) > 0).map((mask) => ({ mask, stepX: 1, stepY: 1 }))
  const features = featuresOf(embedding, frame)
  const likeness = shapes.length === 0 ? null : likenessOf(features, shapes)
  if (likeness === null) return null
  const map = likenessMap(features, likeness)
  // Half of an object's radius: objects of half its size are still seen as one.
  const radius = Math.sqrt(likeness.area / Math.PI) / 2
  const looks = shapes.flatMap((shape) => appearanceOf(shape, picture, frame.itemWidth, frame.itemHeight) ?? [])
  const reach = Math.max(1, Math.round(radius / features.scale))
  /** A square around the place: cheap, and enough to tell a colour by. */
  const coloured = ({ x, y }: Place) => {
    const square: Mask = { kind: 'mask', x: Math.floor(x) - reach, y: Math.floor(y) - reach, width: 2 * reach, height: 2 * reach, counts: [0, 4 * reach * reach] }
    const look = appearanceOf({ mask: square, stepX: 1, stepY: 1 }, picture, frame.itemWidth, frame.itemHeight)
    return look !== null && looks.some((one) => overlap(one.colour, look.colour) >= leastColour)
  }
  const own = Math.min(...examples.map((mask) => peakOf(map, features, radius, mask)))
  const compared = shapes.map((shape) => compare(features, likeness, shape))
  return {
    frame, features, picture, likeness,
    contrast: Math.max(0.2, Math.min(...compared.map(({ inside, around }) => inside - around))),
    looks,
    area: shapes.reduce((sum, { mask }) => sum + maskArea(mask), 0) / shapes.length,
    side: Math.max(...examples.map(({ width, height }) => Math.max(width, height))),
    places: placesOf(map, features, radius, Math.max(0.05, own * leastPlace), mostPlaces).filter(coloured),
  }
}

/** Something like the examples: `score` how alike, 0 … 1; its cutout's own score stays the decoder's. */
export interface Alike { readonly cutout: Cutout; readonly score: number }

/**
 * What stands at a place, if it is like the examples: first by a point, and where that gives a doubtful thing (a part, say), by the point and a
 * square of the examples' size around it. Null for anything else.
 */
export async function lookAt(decoder: Session, embedding: Tensor, search: Search, { x, y }: Place): Promise<Alike | null> {
  const half = search.side / 2
  const points = [{ x, y, positive: true }]
  const ask = async (prompt: Prompt) => judged(await decoder.run(decoderFeeds(embedding, prompt, null, search.frame)), search)
  const first = await ask({ points, box: null })
  if (first !== null && (first.score >= plainlyAlike || first.score < hopeless)) return first.score >= leastAlike ? first : null
  const second = await ask({ points, box: { minX: x - half, minY: y - half, maxX: x + half, maxY: y + half } })
  const best = [first, second].reduce((one, other) => ((other?.score ?? 0) > (one?.score ?? 0) ? other : one), null)
  return best !== null && best.score >= leastAlike ? best : null
}

function judged(outputs: Tensors, search: Search): Alike | null {
  const { frame, features, likeness, picture, looks, area, contrast } = search
  const { cutout } = readMasks(outputs, frame.itemWidth, frame.itemHeight)
  if (cutout === null || cutout.score < leastExpected || stabilityOf(outputs) < leastStable) return null
  const share = (maskArea(cutout.mask) * cutout.stepX * cutout.stepY) / area
  if (share < areas[0] || share > areas[1]) return null
  const { inside, around } = compare(features, likeness, cutout)
  // A part of something has the rest of it around, and stands out from it less.
  const out = Math.min(1, (inside - around) / contrast)
  if (inside <= 0 || out <= 0) return null
  const look = appearanceOf(cutout, picture, frame.itemWidth, frame.itemHeight)
  const alike = look === null ? 0 : Math.max(0, ...looks.map((one) => alikeLooks(one, look)))
  return { cutout, score: inside * Math.sqrt(out) * alike }
}

/** 0 … 1. Light falls differently on the same things, so lightness counts less than colour. */
export const alikeLooks = (a: Appearance, b: Appearance): number =>
  overlap(a.colour, b.colour) * Math.sqrt(overlap(a.lightness, b.lightness)) * Math.exp(-Math.abs(Math.log(a.stretch / b.stretch)))

/** The share of the pixels of which a decoder says at least −1 that have at least 1: its mask at two thresholds (Kirillov et al. 2023, §5). 0 of none. */
export function stabilityOf({ masks }: Tensors): number {
  if (masks?.type !== 'float32') return 0
  let sure = 0, likely = 0
  for (const logit of masks.data) {
    if (logit > 1) sure++
    if (logit > -1) likely++
  }
  return likely === 0 ? 0 : sure / likely
}

/** From this share of the smaller one, what two shapes have in common makes them one thing. */
const sameShare = 0.5
/** What is so many times as large is not the same thing but what it lies on. */
const ground = 4

/** Whether a mask covers what another one does; both in item pixels. */
export function coversSame(a: Mask, b: Mask): boolean {
  const bounds = ({ x, y, width, height }: Mask) => ({ minX: x, minY: y, maxX: x + width, maxY: y + height })
  if (!intersects(bounds(a), bounds(b))) return false
  const [small, large] = [maskArea(a), maskArea(b)].sort((p, q) => p - q) as [number, number]
  return large <= ground * small && maskOverlap(a, b) >= sameShare * small
}

/** Whether a place lies on a mask, so that it need not be looked at. */
export const isOn = ({ x, y }: Place, mask: Mask): boolean => maskHas(mask, Math.floor(x), Math.floor(y))
