import type { AgreementPart, AgreementReport, AgreementRequest } from '#shared/contract/agreement.ts'
import { agreementTrend, labelConfusion, worstItems } from '#shared/agreement/details.ts'
import { compareItem, tableOf, type ItemComparison, type ItemTable } from '#shared/agreement/itemTable.ts'
import { marksOf } from '#shared/agreement/mark.ts'
import { agreementByLabel, agreementByPair, agreementByPerson, agreementBySlice, agreementOf } from '#shared/agreement/report.ts'
import { sweep, sweepItem, type ItemSweep } from '#shared/agreement/sweep.ts'
import type { Author } from '#shared/model/author.ts'
import type { AssetId, LabelId } from '#shared/model/id.ts'
import type { ItemWork, Mirror } from './mirror.ts'

const mostWorst = 50
const keptReports = 12
/** Thresholds whose tables are kept: a person who moves the threshold comes back to where they were. */
const keptTables = 3

export interface AgreementReports {
  report(request: AgreementRequest): AgreementReport
}

/** Agreement of a project's people, computed once a state: what an unchanged item costs is paid once, and a repeated report costs nothing. */
export function agreementReports(mirror: Mirror): AgreementReports {
  const comparisons = new WeakMap<ItemWork, ItemComparison>()
  const sweeps = new WeakMap<ItemWork, ItemSweep>()
  const tables = new Map<number, WeakMap<ItemWork, ItemTable>>()
  const reports = new Map<string, AgreementReport>()
  let measured = -1

  const comparisonOf = (work: ItemWork) => comparisons.get(work) ?? remember(comparisons, work, compared(work, null, null))
  const sweepOf = (work: ItemWork) => sweeps.get(work) ?? remember(sweeps, work, sweepItem(comparisonOf(work)))
  const tablesAt = (iou: number) => {
    const known = tables.get(iou) ?? new WeakMap<ItemWork, ItemTable>()
    tables.delete(iou)
    tables.set(iou, known)
    if (tables.size > keptTables) tables.delete(tables.keys().next().value!)
    return (work: ItemWork) => known.get(work) ?? remember(known, work, tableOf(comparisonOf(work), iou))
  }
  return {
    report(request) {
      const { revision } = mirror.sync()
      if (revision !== measured) reports.clear()
      measured = revision
      const key = JSON.stringify(request)
      const known = reports.get(key)
      if (known) return known
      const { labels, people, iou } = request
      // One person's work is no agreement, and most of a project's items may be such: they are not even compared.
      const works = [...mirror.items.values()].filter((work) => work.people.length > 1)
      const narrowed = labels === null && people === null ? null : works.map((work) => compared(work, labels, people))
      const tableAt = tablesAt(iou)
      const report = reportOf(mirror, request, narrowed?.map((comparison) => tableOf(comparison, iou)) ?? works.map(tableAt), () => narrowed?.map(sweepItem) ?? works.map(sweepOf))
      reports.set(key, report)
      if (reports.size > keptReports) reports.delete(reports.keys().next().value!)
      return report
    },
  }
}

function remember<Key extends object, Value>(map: WeakMap<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value)
  return value
}

function compared({ asset, people, annotations }: ItemWork, labels: readonly LabelId[] | null, only: readonly Author[] | null): ItemComparison {
  const kept = annotations.filter(({ label, layer }) => (labels === null || (label !== null && labels.includes(label))) && (only === null || only.includes(layer as string as Author)))
  return compareItem(asset.id, marksOf(kept), only === null ? people : people.filter((person) => only.includes(person)))
}

function reportOf({ items, revision }: Mirror, { iou, by }: AgreementRequest, tables: readonly ItemTable[], sweeps: () => readonly ItemSweep[]): AgreementReport {
  const part = <Result>(name: AgreementPart, make: () => Result): Result | null => (by.includes(name) ? make() : null)
  const workOf = (item: string) => items.get(item as AssetId)!
  return {
    revision, iou, all: agreementOf(tables),
    labels: part('label', () => [...agreementByLabel(tables)].map(([label, figures]) => ({ label: label as LabelId, figures }))),
    annotators: part('annotator', () => [...agreementByPerson(tables)].map(([person, figures]) => ({ person: person as Author, figures }))),
    pairs: part('pair', () => agreementByPair(tables).map(({ first, second, figures: of }) => ({ first: first as Author, second: second as Author, figures: of }))),
    slices: part('slice', () => [...agreementBySlice(tables, (item) => slicesOf(workOf(item)))].map(([slice, figures]) => ({ slice, figures }))),
    sweep: part('sweep', () => sweep(sweeps())),
    confusion: part('confusion', () => labelConfusion(tables).map(({ first, second, count }) => ({ first: first as LabelId | null, second: second as LabelId | null, count }))),
    trend: part('trend', () => agreementTrend(tables, (item) => lastSubmission(workOf(item))).map(({ from, to, figures: { items: n, alpha, f1, iou: mean } }) => ({
      from, to, items: n, alpha, f1, iou: mean,
    }))),
    worst: part('worst', () => worstItems(tables, mostWorst).map(({ item, people, ...rest }) => ({
      asset: item as AssetId, name: workOf(item).asset.name, people: people as readonly string[] as Author[], ...rest,
    }))),
  }
}

const slicesOf = ({ asset }: ItemWork) => Object.entries(asset.metadata).map(([key, value]) => `${key}=${String(value)}`)
/** When the item was done by the last of its people; null where nobody submitted it. */
const lastSubmission = ({ submitted }: ItemWork) => (submitted.size > 0 ? Math.max(...submitted.values()) : null)
