import type { GlossaryEntry } from '#shared/model/writing.ts'
import type { Finding } from './finding.ts'
import { foldCase } from './normalise.ts'

/** Looks for what the glossary says is often misheard or misread. Made once for a glossary, then asked at each pause. */
export function glossaryCheck(glossary: readonly GlossaryEntry[]): (text: string) => Finding[] {
  const terms = new Map<string, string>()
  for (const { term, mistaken } of glossary) for (const wrong of mistaken) if (wrong !== term) terms.set(foldCase(wrong.normalize('NFC')), term)
  if (terms.size === 0) return () => []
  // The longest first, so that "cuban eighties" is not found as "cuban".
  const wrongs = [...terms.keys()].sort((a, b) => b.length - a.length).map((wrong) => wrong.replaceAll(/[.*+?^${}()|[\]\\/-]/gu, String.raw`\$&`))
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${wrongs.join('|')})(?![\p{L}\p{M}\p{N}])`, 'giu')
  return (text) => Array.from(text.matchAll(pattern), (match): Finding[] => {
    const term = terms.get(foldCase(match[0].normalize('NFC')))
    if (term === undefined || term === match[0]) return []
    return [{ start: match.index, end: match.index + match[0].length, kind: 'glossary', message: `Often meant: “${term}”`, fixes: [term] }]
  }).flat()
}
