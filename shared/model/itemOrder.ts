import { z } from 'zod'

/**
 * What decides which item is labelled next. `uncertain`: a model is unsure of it; `disagreed`: two models differ on it; `diverse`: it is
 * unlike what is labelled; `rare`: it probably holds a label of which there are few; `random`: chance, so that nothing is left out for good.
 */
export const Strategy = z.enum(['uncertain', 'disagreed', 'diverse', 'rare', 'random'])
export type Strategy = z.infer<typeof Strategy>

/** How much of the queue each strategy gets, in any unit: only the proportions count. */
export const Mix = z.partialRecord(Strategy, z.number().min(0).max(1000)).readonly()
export type Mix = z.infer<typeof Mix>

/** The order in which a project hands out items to label. A mix without any share keeps the order of the items' names. `seed` decides what is by chance, and ties. */
export const ItemOrder = z.object({ mix: Mix, seed: z.int().min(0).max(2 ** 31 - 1) })
export type ItemOrder = z.infer<typeof ItemOrder>

/** The shares of a mix, which add up to 1; those of strategies that get nothing are left out. Empty for a mix without any share. */
export function sharesOf(mix: Mix): { readonly strategy: Strategy; readonly share: number }[] {
  const some = Strategy.options.map((strategy) => ({ strategy, share: mix[strategy] ?? 0 })).filter(({ share }) => share > 0)
  const total = some.reduce((sum, { share }) => sum + share, 0)
  return some.map(({ strategy, share }) => ({ strategy, share: share / total }))
}
