/** What the settings of a project's writing say. */
export const writingWords = {
  title: 'Writing', change: 'change how text is written', language: 'Language', form: 'Unicode form', formHint: 'Applied once, when a text is saved.', keys: 'Own characters', glossary: 'Glossary', rules: 'Rules',
  languageHint: (languages: readonly string[]) => `A tag such as en or ar; a line may have its own. Spelling is checked in ${languages.join(', ')}.`,
  forms: { NFC: 'NFC: composed', NFKC: 'NFKC: compatibility signs replaced', none: 'As typed' },
  keysHint: 'Separated by spaces; they stand in a strip under the line being typed.', glossaryHint: 'One name a line. Behind =, how it is often misheard or misread: Kubernetes = cuban eighties, Cooper Netties',
} as const
