import { z } from 'zod'

const visibleName = z
  .string()
  .transform((name) => name.normalize('NFC').trim())
  .refine((name) => name.length > 0 && name.length <= 100, 'must have 1 to 100 characters')
  // Control characters and slashes would break ids, file names and log lines that carry the name; half a character cannot be stored.
  .refine((name) => !/[\p{Cc}\p{Cf}\p{Cs}/\\]/u.test(name), 'must not hold control characters or slashes')

/** A person, by the name they chose. The name is the identity: the same name on two machines is the same person. */
export const Author = visibleName.brand<'author'>()
export type Author = z.infer<typeof Author>

/** A layer: one person's work (the layer has the person's name), `final`, `consensus`, or an imported layer. */
export const Layer = visibleName.brand<'layer'>()
export type Layer = z.infer<typeof Layer>

export const layerOf = (author: Author) => author as string as Layer
