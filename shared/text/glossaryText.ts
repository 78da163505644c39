import type { GlossaryEntry } from '#shared/model/writing.ts'

/** A glossary as a person edits it: one term a line, behind an equals sign how it is often misheard or misread, by commas. */
export const glossaryText = (glossary: readonly GlossaryEntry[]): string =>
  glossary.map(({ term, mistaken }) => (mistaken.length === 0 ? term : `${term} = ${mistaken.join(', ')}`)).join('\n')

/** Reads glossaryText back. Terms named twice are one; texts are in NFC. */
export function parseGlossary(text: string): GlossaryEntry[] {
  const terms = new Map<string, Set<string>>()
  for (const line of text.normalize('NFC').split(/[\r\n]+/u)) {
    const [term = '', ...rest] = line.split('=')
    const name = term.trim().slice(0, 200)
    if (name === '') continue
    const mistaken = terms.get(name) ?? new Set()
    terms.set(name, mistaken)
    for (const wrong of rest.join('=').split(',')) if (wrong.trim() !== '') mistaken.add(wrong.trim().slice(0, 200))
  }
  return [...terms].map(([term, mistaken]) => ({ term, mistaken: [...mistaken] }))
}
