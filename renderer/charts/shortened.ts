/**
 * A name in at most `most` characters (as people count them): the middle goes, because names that begin alike end differently, and those that end alike begin differently.
 */
export function shortened(name: string, most: number): string {
  const signs = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment)
  if (signs.length <= most) return name
  const tail = Math.floor((most - 1) * 0.4)
  return `${signs.slice(0, most - 1 - tail).join('').trimEnd()}…${signs.slice(signs.length - tail).join('').trimStart()}`
}

/** Where labels of `size` pixels stand that belong at `places` (pixels, in any order): as near as they can be without overlapping. */
export function apart(places: readonly number[], size: number): number[] {
  const order = places.map((_, at) => at).sort((a, b) => places[a]! - places[b]!)
  // Labels that meet stand together around their common middle; such a stack may push into the next one.
  const stacks: { sum: number; members: number[] }[] = []
  const top = ({ sum, members }: { sum: number; members: number[] }) => sum / members.length - ((members.length - 1) * size) / 2
  for (const at of order) {
    let stack = { sum: places[at]!, members: [at] }
    for (let last = stacks.at(-1); last && top(last) + last.members.length * size > top(stack); last = stacks.at(-1)) {
      stack = { sum: last.sum + stack.sum, members: [...last.members, ...stack.members] }
      stacks.pop()
    }
    stacks.push(stack)
  }
  const found = [...places]
  for (const stack of stacks) stack.members.forEach((at, nth) => { found[at] = top(stack) + nth * size })
  return found
}

/** Mean width of a sign in the type of the charts, pixels, and the space between a name and what it names. */
const signWidth = 6.6, gap = 14

/** The margin for names beside a drawing, pixels, at least `least` and at most `share` of its width, and how many signs of each name it has room for. */
export function nameMargin(names: readonly string[], width: number, { least, share }: { readonly least: number; readonly share: number }): { readonly margin: number; readonly signs: number } {
  const wished = Math.max(0, ...names.map((name) => name.length)) * signWidth + gap
  const margin = Math.round(Math.max(least, Math.min(wished, width * share)))
  return { margin, signs: Math.floor((margin - gap) / signWidth) }
}
