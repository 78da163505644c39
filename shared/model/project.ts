import { z } from 'zod'
import { LabelId, ProjectId } from './id.ts'
import { ItemOrder } from './itemOrder.ts'
import { Writing } from './writing.ts'

/** How many people label an item. The first slice that an item is in counts, then the share. */
export const Overlap = z.object({
  /** People an item of the share gets; the others get one. */
  people: z.int().min(1).max(50),
  /** 0 … 1. */
  share: z.number().min(0).max(1),
  /** Items whose metadata `key` has the value get `people`. */
  slices: z.array(z.object({ key: z.string().min(1).max(200), value: z.string().max(1000), people: z.int().min(1).max(50) })),
})
export type Overlap = z.infer<typeof Overlap>

/** When people count as agreeing: below a bar it is a dispute. */
export const ConsensusBars = z.object({
  /** IoU, or what stands for it with the kind, from which two marks are the same thing, 0 … 1. */
  gate: z.number().min(0.01).max(1),
  /** Least posterior that there is something, and of its label, 0 … 1. */
  existence: z.number().min(0).max(1), label: z.number().min(0).max(1),
  /** Least mean IoU of the members with the estimate, 0 … 1. */
  geometry: z.number().min(0).max(1),
  /** Least confidence of every word, 0 … 1. */
  wording: z.number().min(0).max(1),
  /** Most seconds that a boundary may be apart. */
  boundary: z.number().min(0),
})
export type ConsensusBars = z.infer<typeof ConsensusBars>
export const defaultBars: ConsensusBars = { gate: 0.4, existence: 0.9, label: 0.9, geometry: 0.75, wording: 0.6, boundary: 0.2 }

/** Help by models. */
export const Assistance = z.object({
  /** By model: which label each of its classes becomes; null is none, on purpose. */
  mappings: z.record(z.string(), z.record(z.string(), LabelId.nullable())),
  /** Share of person-item pairs shown without drafts, so that what people draw unaided can be compared, 0 … 1. */
  control: z.number().min(0).max(1),
})
export type Assistance = z.infer<typeof Assistance>

/** The project itself: one record. */
export const Project = z.object({
  type: z.literal('project'),
  id: ProjectId,
  name: z.string().min(1).max(200),
  /** Blind: nobody sees another's layer of an item before submitting their own. */
  visibility: z.enum(['open', 'blind']),
  guideline: z.string(),
  /** Absent until somebody sets it. */
  writing: Writing.optional(),
  overlap: Overlap.optional(),
  bars: ConsensusBars.optional(),
  /** How much a label matters where disputes are ranked, 0 … 1; 1 for a label that is not here. */
  importance: z.record(z.string(), z.number().min(0).max(1)).optional(),
  assistance: Assistance.optional(),
  order: ItemOrder.optional(),
})
export type Project = z.infer<typeof Project>

/** How much each label matters, of those for which it was said; the others 1. */
export const importanceOf = ({ importance = {} }: Pick<Project, 'importance'>) => new Map(Object.entries(importance) as [LabelId, number][])
