import type { ImportIssue } from '#shared/contract/importing.ts'

/** A cell of RFC 4180. A leading sign that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const issuesAsCsv = (issues: readonly ImportIssue[]): string =>
  [['code', 'path', 'message'], ...issues.map(({ code, path, message }) => [code, path, message])].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'

export interface IssueGroup { readonly code: string; readonly count: number }

/** How often each code occurs, the most frequent first. */
export function byCode(issues: readonly ImportIssue[]): IssueGroup[] {
  const counts = new Map<string, number>()
  for (const { code } of issues) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}
