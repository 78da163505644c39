/** What the text line tool says in the status bar. */
export const textLineWords = {
  idle: 'Drag a box, or click four corners from where reading begins. Shift: tilted box, Alt: polygon',
  quad: (points: number) => `Corner ${points + 1} of 4, clockwise from where reading begins. ⌫ removes a corner, Esc cancels`,
} as const
