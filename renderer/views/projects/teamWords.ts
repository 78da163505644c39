/** What the settings of overlap and consensus say. */
export const teamWords = {
  title: 'Several people', changeOverlap: 'change how many people label an item', changeBars: 'change when people count as agreeing',
  people: 'People an item', peopleHint: 'Each labels it without seeing the others’ work if the project is blind.', peopleComplaint: 'A whole number from 1 to 50.',
  share: 'Share of items, %', shareHint: 'The other items get one person. Items that already have work keep it.', shareComplaint: 'A number from 0 to 100.', secondsComplaint: 'Seconds, 0 or more.',
  key: 'Column', value: 'Value', slicePeople: 'People', addSlice: 'Other number for a slice', removeSlice: (key: string, value: string) => `Remove the slice ${key} = ${value}`,
  bars: 'When people agree', barsHint: 'Below a bar, a thing is a dispute for somebody to settle.',
  bar: { gate: 'Same thing from IoU, %', existence: 'It is there, %', label: 'Its label, %', geometry: 'Its place: mean IoU with the estimate, %', wording: 'Each word, %', boundary: 'Boundaries apart at most, s' },
  importance: {
    title: 'Which labels matter most', change: 'change how much labels matter', hint: 'Disputes about labels that matter less are asked later. 100 % is the usual; at 0 % a label comes last.',
    noLabels: 'There are no labels yet.', search: 'Find a label', none: (sought: string) => `No label has “${sought.trim()}” in its name.`, even: 'All alike',
    lessened: (count: number) => (count === 1 ? '1 matters less' : `${count.toLocaleString()} matter less`), of: (name: string) => `How much ${name} matters`, percent: (value: number) => `${value} %`,
  },
} as const
