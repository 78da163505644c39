import { z } from 'zod'

const base = { id: z.string().min(1).max(100), name: z.string().min(1).max(200), required: z.boolean() }
const choices = z.array(z.string().min(1).max(200)).min(1)

/** What a label asks about each of its annotations. */
export const AttributeDefinition = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('text'), default: z.string().nullable() }),
  z.object({ ...base, type: z.literal('number'), min: z.number().nullable(), max: z.number().nullable(), default: z.number().nullable() }),
  z.object({ ...base, type: z.literal('checkbox'), default: z.boolean().nullable() }),
  z.object({ ...base, type: z.literal('select'), options: choices, default: z.string().nullable() }),
  z.object({ ...base, type: z.literal('multi-select'), options: choices, default: z.array(z.string()).nullable() }),
])
export type AttributeDefinition = z.infer<typeof AttributeDefinition>

export const AttributeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
export type AttributeValue = z.infer<typeof AttributeValue>

/** Values by attribute id. */
export const AttributeValues = z.record(z.string(), AttributeValue)
export type AttributeValues = z.infer<typeof AttributeValues>
