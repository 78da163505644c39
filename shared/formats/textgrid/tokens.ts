/** A value of a Praat text file, and the line it stands in. */
export type Token =
  | { readonly kind: 'text'; readonly value: string; readonly line: number }
  | { readonly kind: 'number'; readonly value: string; readonly line: number }
  | { readonly kind: 'flag'; readonly value: string; readonly line: number }

/**
 * The values of a Praat text file (manual, "TextGrid file formats", 3): numbers, flags and quoted texts that stand free;
 * names, brackets and comments (`!` to the end of the line) between them mean nothing. So long and short files are one.
 * In a text, `""` is a quotation mark. A text that is never closed ends with the file.
 */
export function* praatTokens(source: string): Generator<Token> {
  const pattern = /"([^"]*(?:""[^"]*)*)("?)|!.*|[^\s"!]+|\n/gu
  let line = 1
  // Unrolled, so that a text of megabytes needs no stack.
  for (let match = pattern.exec(source); match !== null; match = pattern.exec(source)) {
    const [all, text, close] = match
    if (all === '\n') line++
    else if (text !== undefined) {
      if (close === '') return
      yield { kind: 'text', value: text.replaceAll('""', '"'), line }
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) line++
    } else if (/^[+-]?(?:\d|\.\d)[\d.]*(?:[eE][+-]?\d+)?[%s]?$/u.test(all)) yield { kind: 'number', value: all.replace(/[%s]$/u, ''), line }
    else if (/^<\w+>$/u.test(all)) yield { kind: 'flag', value: all, line }
  }
}
