import type { AcceptanceRow } from '#shared/contract/acceptance.ts'
import type { LabelId } from '#shared/model/id.ts'

/**
 * The model whose drafts of each label serve best: the greatest lower end of the interval of what was not rejected, so that few verdicts
 * count for little; of equals, the one whose drafts were changed least. Labels without a verdict have none.
 */
export function bestByLabel(rows: readonly AcceptanceRow[]): ReadonlyMap<LabelId | null, string> {
  const best = new Map<LabelId | null, AcceptanceRow>()
  for (const row of rows) {
    if (row.of !== 'label' || row.decided === 0) continue
    const known = best.get(row.label)
    if (!known || better(row, known)) best.set(row.label, row)
  }
  return new Map([...best].map(([label, { model }]) => [label, model]))
}

function better(a: AcceptanceRow, b: AcceptanceRow): boolean {
  const lost = (a.rejected.high ?? 1) - (b.rejected.high ?? 1)
  if (lost !== 0) return lost < 0
  const changed = (a.edit.shape.value ?? 0) - (b.edit.shape.value ?? 0)
  return changed !== 0 ? changed < 0 : a.model < b.model
}
