import type { Finding } from '#shared/text/finding.ts'

/** What helps a person write. Everything answers at once or later; nothing that is typed waits for it. */
export interface WritingHelp {
  /** Words that begin so, the best first. Called at each keystroke: it answers within a fraction of a millisecond. */
  readonly complete: (prefix: string) => readonly string[]
  /** What may be looked at again; called when typing pauses. */
  readonly check: (text: string) => readonly Finding[]
  /** The words that no dictionary of the language knows, with what they may have been meant to be; null without a dictionary. */
  readonly spell: ((text: string, language: string | null) => Promise<readonly Finding[]>) | null
}
