import type { Finding } from '#shared/text/finding.ts'
import type { Spans } from '#shared/text/spans.ts'

/** A stretch of text with all that is said of it. */
export interface Piece { readonly text: string; readonly span: 'unclear' | 'illegible' | null; readonly finding: Finding['kind'] | null }

/** The text cut where a mark or a finding begins or ends. Joined again, the pieces are the text. */
export function piecesOf(text: string, spans: Spans, findings: readonly Finding[]): Piece[] {
  const cuts = new Set([0, text.length])
  for (const { start, end } of [...spans, ...findings]) {
    if (start < text.length) cuts.add(start)
    if (end < text.length) cuts.add(end)
  }
  const places = [...cuts].sort((a, b) => a - b)
  return places.slice(0, -1).map((from, index) => ({
    text: text.slice(from, places[index + 1]),
    span: spans.find(({ start, end }) => start <= from && from < end)?.kind ?? null,
    finding: findings.find(({ start, end }) => start <= from && from < end)?.kind ?? null,
  }))
}
