import { z } from 'zod'
import { TierId } from './id.ts'

/** Pixels of the upright image (EXIF orientation applied): x to the right, y down, (0, 0) the top left corner of the top left pixel. */
const pixel = z.number().min(-1e7).max(1e7)
const length = z.number().min(0).max(1e7)

/** A flat list x0, y0, x1, y1, … */
const path = (minPoints: number) =>
  z
    .array(pixel)
    .min(minPoints * 2, `needs at least ${minPoints} points`)
    .refine((values) => values.length % 2 === 0, 'needs an even number of coordinates')

/** A closed ring; the last point is joined to the first and is not repeated. */
export const Ring = path(3)
export type Ring = z.infer<typeof Ring>

export const Box = z.object({ kind: z.literal('box'), x: pixel, y: pixel, width: length, height: length })
/** Centre, size and a clockwise angle in degrees, (-180, 180]. */
export const RotatedBox = z.object({
  kind: z.literal('rotated-box'), cx: pixel, cy: pixel, width: length, height: length, angle: z.number().min(-360).max(360),
})
/** Parts of one object; each part is an outer ring followed by its holes. */
export const Polygon = z.object({ kind: z.literal('polygon'), parts: z.array(z.array(Ring).min(1)).min(1) })
/**
 * Pixels inside the rectangle x, y, width, height (whole numbers), as run lengths in column-major order that begin
 * with a run of zeros (the order of COCO's RLE, over the rectangle instead of the whole image).
 */
export const Mask = z.object({
  kind: z.literal('mask'), x: z.int(), y: z.int(), width: z.int().min(0), height: z.int().min(0), counts: z.array(z.int().min(0)),
})
export const Polyline = z.object({ kind: z.literal('polyline'), points: path(2) })
export const Points = z.object({ kind: z.literal('points'), points: path(1) })
/** COCO's visibility: 0 not labelled, 1 labelled but hidden, 2 visible. The names stand in the label. */
export const Keypoint = z.object({ x: pixel, y: pixel, visibility: z.union([z.literal(0), z.literal(1), z.literal(2)]) })
export const Keypoints = z.object({ kind: z.literal('keypoints'), points: z.array(Keypoint).min(1) })
/** A line of text; the text itself and the reading order stand in the annotation. */
export const TextLine = z.object({
  kind: z.literal('text-line'),
  outline: z.discriminatedUnion('kind', [Box, RotatedBox, Polygon]),
  baseline: path(2).nullable(),
})
/** A stretch of time in a tier, as whole ticks of the source's own resolution: seconds = ticks / rate. */
export const Segment = z
  .object({ kind: z.literal('segment'), tier: TierId, start: z.int().min(0), end: z.int().min(0), rate: z.int().min(1) })
  .refine((segment) => segment.end >= segment.start, 'must end at or after its start')
/** The item as a whole: its class, its text. */
export const WholeItem = z.object({ kind: z.literal('item') })

export const Geometry = z.discriminatedUnion('kind', [
  Box, RotatedBox, Polygon, Mask, Polyline, Points, Keypoints, TextLine, Segment, WholeItem,
])

export type Box = z.infer<typeof Box>
export type RotatedBox = z.infer<typeof RotatedBox>
export type Polygon = z.infer<typeof Polygon>
export type Mask = z.infer<typeof Mask>
export type Polyline = z.infer<typeof Polyline>
export type Points = z.infer<typeof Points>
export type Keypoint = z.infer<typeof Keypoint>
export type Keypoints = z.infer<typeof Keypoints>
export type TextLine = z.infer<typeof TextLine>
export type Segment = z.infer<typeof Segment>
export type WholeItem = z.infer<typeof WholeItem>
export type Geometry = z.infer<typeof Geometry>

export const GeometryKind = z.enum([
  'box', 'rotated-box', 'polygon', 'mask', 'polyline', 'points', 'keypoints', 'text-line', 'segment', 'item',
])
export type GeometryKind = Geometry['kind']
