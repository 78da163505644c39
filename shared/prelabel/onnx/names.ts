import { readLiteral, type Literal } from './literal.ts'

/** What Ultralytics (and those who follow it) write into a graph's metadata. */
export interface Named {
  /** In the order of the graph; null when there are none. */
  readonly classes: readonly string[] | null
  readonly task: string | null
  /** Height and width. */
  readonly imageSize: readonly [number, number] | null
  readonly isEndToEnd: boolean
  readonly description: string
}

const mostClasses = 100_000

/** Reads `names`, `task`, `imgsz` and `end2end`; what cannot be read is as if it were not there. */
export function namesOf(metadata: Readonly<Record<string, string>>): Named {
  const size = readLiteral(metadata['imgsz'] ?? '')
  const args = readLiteral(metadata['args'] ?? '')
  return {
    classes: classList(readLiteral(metadata['names'] ?? metadata['classes'] ?? '')), task: metadata['task'] ?? null, imageSize: pairOf(size),
    isEndToEnd: metadata['end2end']?.toLowerCase() === 'true' || (isDictionary(args) && args['nms'] === true), description: `${metadata['description'] ?? ''}`.toLowerCase(),
  }
}

const isDictionary = (value: Literal | undefined): value is { readonly [key: string]: Literal } => typeof value === 'object' && value !== null && !Array.isArray(value)

function pairOf(size: Literal | undefined): [number, number] | null {
  const [height, width] = Array.isArray(size) ? size as readonly Literal[] : [size, size]
  const isSide = (side: Literal | undefined): side is number => typeof side === 'number' && Number.isInteger(side) && side >= 1 && side <= 16_384
  return isSide(height) && isSide(width) ? [height, width] : null
}

/** A list, or a dictionary by number; numbers without a name get one. */
function classList(names: Literal | undefined): string[] | null {
  const entries = Array.isArray(names) ? (names as readonly Literal[]).map((name, at) => [at, name] as const)
    : isDictionary(names) ? Object.entries(names).map(([key, name]) => [Number(key), name] as const) : []
  const known = new Map(entries.filter(([at, name]) => Number.isInteger(at) && at >= 0 && at < mostClasses && (typeof name === 'string' || typeof name === 'number')).map(([at, name]) => [at, String(name).slice(0, 200)]))
  if (known.size === 0) return null
  const count = [...known.keys()].reduce((most, at) => Math.max(most, at), 0) + 1
  // A list with large gaps is no list of classes.
  return count > 4 * known.size + 100 ? null : Array.from({ length: count }, (_, at) => known.get(at) ?? `class ${at}`)
}
