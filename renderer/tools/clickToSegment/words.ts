/** What the tool says in the status bar. */
export const clickToSegmentWords = {
  idle: 'Click on an object, or drag a box around it. Ctrl-drag: brush hint',
  refine: 'Click what belongs to the selected shape, Shift-click what does not. Esc: a new object instead',
  shown: 'Enter accepts, Shift-click takes away, ⌫ removes the last click, Esc cancels',
  asking: 'Looking…',
  accepting: 'It is accepted as soon as the answer is there. Esc cancels',
  nothing: 'Nothing was found there. Click on the object itself, or drag a box around it. ⌫ removes the last click',
  firstWhatBelongs: 'Click first on what belongs to the object, then Shift-click what does not',
  kept: (what: string) => `${what}. Your click is kept. Esc cancels`,
  preparing: (what: string) => `${what}. You can click already`,
  stroke: 'Draw over what belongs to the object', strokeNot: 'Draw over what does not belong to the object', box: 'Draw around the object',
} as const
