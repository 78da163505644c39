/** What the writing field says. */
export const words = {
  suggestions: 'Completions', findings: 'Notes on the text', accept: (word: string) => `Complete as ${word}`, fix: (fix: string) => (fix === '' ? 'Leave out' : fix),
  unknownWord: 'not in the dictionary', fixKey: 'Alt+Enter', acceptKey: 'Tab',
} as const
