import { z } from 'zod'

export const NormalisationForm = z.enum(['NFC', 'NFKC', 'none'])
export type NormalisationForm = z.infer<typeof NormalisationForm>

/** A name or a word as this project writes it, with the ways in which it is often misheard or misread. */
export const GlossaryEntry = z.object({ term: z.string().min(1).max(200), mistaken: z.array(z.string().min(1).max(200)) })
export type GlossaryEntry = z.infer<typeof GlossaryEntry>

export const TextRuleId = z.enum(['clean', 'numbers-as-digits', 'numbers-in-words', 'straight-quotes', 'curly-quotes', 'ends-with-mark', 'no-double-space'])
export type TextRuleId = z.infer<typeof TextRuleId>

/** How text is written in a project. */
export const Writing = z.object({
  /** Applied once, when a text is saved. */
  normalisation: NormalisationForm.default('NFC'),
  /** What the strip of keys offers: characters or short strings, in order. */
  keys: z.array(z.string().min(1).max(20)).max(200).default([]),
  glossary: z.array(GlossaryEntry).max(20_000).default([]),
  rules: z.array(TextRuleId).default([]),
  /** BCP 47 tag of what is written when a line does not say otherwise; null: nothing is checked for spelling. */
  language: z.string().max(80).nullable().default(null),
})
export type Writing = z.infer<typeof Writing>

export const defaultWriting: Writing = { normalisation: 'NFC', keys: [], glossary: [], rules: [], language: null }
