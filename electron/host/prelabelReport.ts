import type { PrelabelReport } from '#shared/contract/prelabel.ts'
import { median } from '#shared/geometry/median.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { DraftSink } from '#electron/prelabel/draftRun.ts'
import type { Predicted } from '#electron/prelabel/protocol.ts'
import type { HostContext } from './context.ts'

type Begun = Pick<PrelabelReport, 'model' | 'items' | 'leftOut' | 'backend'> & { /** For a person. */ readonly name: string }

/** What is told of a run while it goes on and after it. */
export class RunReport {
  readonly #report: PrelabelReport
  readonly #name: string
  readonly #times: number[] = []
  readonly #notes = new Map<string, number>()

  constructor(context: HostContext, job: string, { name, ...begun }: Begun) {
    this.#name = name
    this.#report = { ...begun, drafts: 0, failed: [], skipped: 0, waiting: 0, unmapped: {}, notes: [], perItemMs: null }
    context.reports.prelabels.set(job, this.#report)
  }

  heard({ backend, ms, outcome }: Predicted): void {
    this.#report.backend = backend
    this.#times.push(ms)
    for (const note of outcome.notes) this.#notes.set(note, (this.#notes.get(note) ?? 0) + 1)
  }

  /** How many items there are, where that was not known before. */
  count(items: number): void {
    this.#report.items = items
  }

  failed({ id, name }: Asset, reason: string): void {
    this.#report.failed.push({ asset: id, name, reason: `${reason}${/[.!?]$/u.test(reason) ? '' : '.'}` })
  }

  /** What has become of what was said, as far as it is known. */
  tell({ written: { drafts, done, judged, unknown, unmapped, labels, notes }, waiting }: Pick<DraftSink, 'written' | 'waiting'>): void {
    const said = [
      ...(labels > 0 ? [`The project had no labels, so ${labels === 1 ? 'one was made for the class' : `${labels} were made for the classes`} of ${this.#name}.`] : []),
      ...(judged > 0 ? [`${itemsOf(judged)} ${judged === 1 ? 'keeps' : 'keep'} earlier drafts of this model, because somebody has judged them.`] : []),
      ...(unknown > 0 ? [`${itemsOf(unknown)} ${unknown === 1 ? 'is' : 'are'} not in this project; what was said of ${unknown === 1 ? 'it' : 'them'} was left out.`] : []),
    ]
    // As the models' process measured it: answers come in groups, and neither its start nor the loading of the model is in it.
    const perItemMs = this.#times.length > 0 ? this.#times.reduce((sum, ms) => sum + ms, 0) / this.#times.length : null
    Object.assign(this.#report, {
      drafts, skipped: done + judged, unmapped: { ...unmapped }, waiting, perItemMs,
      notes: [...said, ...notes, ...[...this.#notes].map(([note, count]) => (count === 1 ? note : `${note} (${count} items)`))],
    } satisfies Partial<PrelabelReport>)
  }

  /** The median of what the items took; null where none was looked at. */
  measured(): { ms: number; backend: string } | null {
    const ms = median(this.#times)
    return ms === undefined ? null : { ms, backend: this.#report.backend }
  }
}

const itemsOf = (count: number) => (count === 1 ? '1 item' : `${count} items`)
