import { z } from 'zod'

const coordinate = z.number().min(-1e7).max(1e7)

/** One place that is of the object, or is not; pixels of the upright picture. */
export const PromptPoint = z.object({ x: coordinate, y: coordinate, positive: z.boolean() })
export type PromptPoint = z.infer<typeof PromptPoint>

/** A rectangle around the object, in the same pixels. */
export const PromptBox = z.object({ minX: coordinate, minY: coordinate, maxX: coordinate, maxY: coordinate })
export type PromptBox = z.infer<typeof PromptBox>

/** What a person shows a model of an object: places on it and beside it, a box around it. At least one of them. */
export const Prompt = z.object({ points: z.array(PromptPoint).max(256), box: PromptBox.nullable() })
export type Prompt = z.infer<typeof Prompt>

export const isEmptyPrompt = ({ points, box }: Prompt): boolean => points.length === 0 && box === null
