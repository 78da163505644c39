import type { ExportPlan } from './planExport.ts'

export const manifestName = 'quorum-export.json'

/** What was asked for, what was lost or held back, and the hash of every file. No dates: same snapshot, same bytes. */
export function manifest(plan: ExportPlan, hashes: ReadonlyMap<string, string>): string {
  const { report, request } = plan
  const splits: Record<string, number> = {}
  for (const { split } of plan.snapshot.items) if (split !== null) splits[split] = (splits[split] ?? 0) + 1
  const content = {
    quorumExport: 1,
    snapshot: report.snapshot,
    request,
    layer: plan.layer,
    counts: { items: plan.snapshot.items.length, media: plan.serialized.media.length, annotations: report.annotations, files: report.files, splits: sorted(splits) },
    losses: report.losses,
    withheld: report.withheld,
    files: sorted(Object.fromEntries(hashes)),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

const sorted = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
