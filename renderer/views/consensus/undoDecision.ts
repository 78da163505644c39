import type { Change } from '#shared/model/change.ts'
import { invert } from '#shared/model/diff.ts'
import { newChangeId, type AssetId } from '#shared/model/id.ts'
import type { Client } from '#renderer/transport/client.ts'

/** What `consensus.decide` names its changes. */
const decisionName = 'settle dispute'

/**
 * Takes back my newest change on the first of these items where that is a decision; my other work there is left alone. Returns the item, or null where there
 * is no such decision.
 */
export async function undoDecision(client: Pick<Client, 'call'>, assets: readonly AssetId[]): Promise<AssetId | null> {
  for (const asset of new Set(assets)) {
    // eslint-disable-next-line no-await-in-loop -- the second is asked only where the first has none
    const { undo } = await client.call('changes.history', { asset, limit: 1 })
    const last: Change | undefined = undo.at(-1)
    if (last?.name !== decisionName) continue
    // eslint-disable-next-line no-await-in-loop -- the loop ends with it
    await client.call('changes.apply', { id: newChangeId(), name: `undo ${last.name}`, asset, intent: { kind: 'undo', target: last.id }, durationMs: null, diff: invert(last.diff) })
    return asset
  }
  return null
}
