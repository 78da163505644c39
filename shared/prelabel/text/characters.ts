/**
 * The classes of a recogniser: the characters file's lines in order with the blank put in at its place, a space last where
 * the manifest says so. Lines are taken as they stand, since a line may be a space. Throws in words where they do not fit
 * the graph's `classes` (K).
 */
export function charactersFor(file: string, { blank, space }: { readonly blank: number; readonly space: boolean }, classes: number): readonly string[] {
  const lines = linesOf(file)
  const all = space ? [...lines, ' '] : lines
  if (classes === 0) throw new Error('The recogniser gives 0 classes: its output has no room for a character. Check that the file is a text recogniser.')
  if (blank < 0 || blank >= classes) throw new Error(`The manifest says that class ${blank} is the blank, but the recogniser has classes 0 to ${classes - 1}.`)
  if (all.length + 1 !== classes) throw new Error(misfit(lines.length, space, classes))
  return [...all.slice(0, blank), '', ...all.slice(blank)]
}

const misfit = (lines: number, space: boolean, classes: number): string =>
  `The characters file does not fit the recogniser: ${lines} lines, a blank${space ? ' and a space' : ''} make ${lines + (space ? 2 : 1)} classes, but the graph gives ${classes}. `
  + 'Take the characters file that came with this recogniser.'

function linesOf(file: string): string[] {
  const lines = file.replace(/^\uFEFF/u, '').split(/\r?\n/u)
  // Only the end of the last line; an empty line elsewhere keeps its place.
  if (lines.at(-1) === '') lines.pop()
  return lines
}
