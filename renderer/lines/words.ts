/** What the line-by-line mode says. */
export const words = {
  mode: 'Line by line', group: 'Lines', field: (n: number, total: number) => `Text of line ${n} of ${total}`, place: (n: number, total: number) => `Line ${n.toLocaleString()} of ${total.toLocaleString()}`,
  draft: (score: string | null) => `draft${score === null ? '' : ` ${score}`} · Enter accepts`,
  done: (n: number, total: number) => `${n.toLocaleString()} of ${total.toLocaleString()} written`, empty: 'empty', lines: 'Lines', page: 'Page with its reading order', strip: 'Keys of the project', block: (n: number) => `Block ${n}`,
  none: { title: 'No text lines yet', text: 'Draw lines with the Text line tool, then come back and type them one after the other.', draw: 'Draw text lines' },
  marks: { illegible: 'illegible', unclear: 'unclear' }, others: 'Lines of others are read only.',
  directions: { auto: 'Automatic', ltr: 'Left to right', rtl: 'Right to left', vertical: 'Vertical' },
  language: 'Language', languageHint: 'such as en, ar or ja', direction: 'Direction', illegible: 'Illegible', back: 'Back to the picture', canvas: 'The line in hand and its neighbours', moveHint: 'Alt+↑ and Alt+↓ move the line',
  hint: 'Enter: next line · Shift+Enter: the one before · Esc: back to the picture',
  commands: {
    enter: 'Line by line', leave: 'Back to the picture', next: 'Next line', previous: 'Line before', insert: 'Insert a line after this one', merge: 'Merge with the next line', split: 'Split the line at the caret', wordsOf: 'Split the line into words',
    unclear: 'Mark as unclear', illegible: 'Mark as illegible', lineIllegible: 'The whole line is illegible', direction: 'Next text direction', up: 'Move the line up', down: 'Move the line down', guess: 'Guess the reading order and blocks',
    remove: 'Delete the line', path: 'Show or hide the reading order', firstEmpty: 'First line without text', key: (n: number) => `Key ${n} of the project`,
    read: 'Read the selected lines', readDrawn: 'Read lines when drawn', readDrawnOff: 'Do not read lines when drawn', readDrawnIsOn: 'Lines are read when they are drawn; what was read waits for your Enter.', readDrawnIsOff: 'Lines are not read when they are drawn.',
  },
} as const
