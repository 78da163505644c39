import type { ImportIssue, ImportReport } from '#shared/contract/importing.ts'

/** Gathers what an import has to say. */
export class ReportBuilder {
  assets = 0
  annotations = 0
  skipped = 0
  readonly issues: ImportIssue[] = []
  readonly byLabel: Record<string, number> = {}
  readonly byKind: Record<string, number> = {}

  /** Something about a file that came in all the same. */
  note(path: string, code: string, message: string): void {
    this.issues.push({ path, code, message })
  }

  /** A file or row (or `count` of them) that did not come in. */
  skip(path: string, code: string, message: string, count = 1): void {
    this.note(path, code, message)
    this.skipped += count
  }

  countAnnotation(label: string | null, kind: string): void {
    this.annotations++
    if (label !== null) this.byLabel[label] = (this.byLabel[label] ?? 0) + 1
    this.byKind[kind] = (this.byKind[kind] ?? 0) + 1
  }

  get report(): ImportReport {
    const { assets, annotations, skipped, issues, byLabel, byKind } = this
    return { assets, annotations, byLabel, byKind, issues, skipped }
  }
}
