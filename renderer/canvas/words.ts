/** The accessible name of the canvas: part of the interface's contract. */
export const canvasName = 'Canvas'
