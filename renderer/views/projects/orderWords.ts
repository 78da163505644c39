/** What the settings of the order say. */
export const orderWords = {
  title: 'What comes next', change: 'change the order in which items are handed out',
  own: 'Hand items out in an order of their own', ownHint: 'Else they come in the order of their names. What somebody has begun always comes first, then what needs one more person.',
  strategies: { uncertain: 'A model is unsure', disagreed: 'Two models differ', diverse: 'Unlike what is labelled', rare: 'Probably a rare label', random: 'By chance' },
  percent: (share: number) => `${Math.round(share * 100)} %`,
  seed: 'Number that decides chance', seedHint: 'The same number gives the same order again.', seedComplaint: 'A whole number from 0 to 2147483647.',
} as const
