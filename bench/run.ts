import type { Bench, BenchRow } from './row.ts'

/** Every benchmark by the name that is asked for. Loaded when it runs, so that one does not pay for another. */
export const benches: Readonly<Record<string, () => Promise<{ default: Bench }>>> = {
  'stroke': () => import('./stroke.ts'),
  'import-rows': () => import('./importRows.ts'),
  'open-project': () => import('./openProject.ts'),
  'next-asset': () => import('./nextAsset.ts'),
  'import-media': () => import('./importMedia.ts'),
  'canvas': () => import('./canvas.ts'),
  'lines': () => import('./lines.ts'),
  'agreement': () => import('./agreement.ts'),
  'aggregate': () => import('./aggregate.ts'),
  'audio': () => import('./audio.ts'),
  'consensus': () => import('./consensus.ts'),
  'shapes': () => import('./shapes.ts'),
  'prelabel': () => import('./prelabel.ts'),
  'next-items': () => import('./nextItems.ts'),
  'click': () => import('./click.ts'),
  'queue': () => import('./queue.ts'),
}

const usage = (known: typeof benches) => `Usage: npm run bench -- [NAME …] [--json]\nWithout a name all of them run: ${Object.keys(known).join(', ')}.\n`

/** Runs the named benchmarks, or all. Only the figures go to `out`. Returns the exit code: 0 done, 1 one failed, 2 wrong usage. */
export async function run(words: readonly string[], known: typeof benches, out: (text: string) => void, say: (text: string) => void): Promise<number> {
  const json = words.includes('--json')
  const names = words.filter((word) => word !== '--json')
  const unknown = names.find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) {
    say(`${unknown === '--help' ? '' : `There is no benchmark "${unknown}". `}${usage(known)}`)
    return unknown === '--help' ? 0 : 2
  }
  const rows: BenchRow[] = []
  let failed = false
  for (const name of names.length > 0 ? names : Object.keys(known)) {
    say(`${name} …\n`)
    try {
      const { default: bench } = await known[name]!()
      rows.push(...await bench())
    } catch (error) {
      failed = true
      say(`${name} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`)
    }
  }
  out(json ? `${JSON.stringify(rows, null, 2)}\n` : table(rows))
  return failed ? 1 : 0
}

function table(rows: readonly BenchRow[]): string {
  const cells = [
    ['', 'ours', 'peer', 'ratio', 'unit', 'better', 'n'],
    ...rows.map(({ name, ours, peer, ratio, unit, better, n }) => [name, figure(ours), figure(peer), figure(ratio), unit, better, String(n)]),
  ]
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)))
  return cells.map((line) => `${line.map((cell, column) => (isNumber(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ').trimEnd()}\n`).join('')
}

const isNumber = (column: number) => (column >= 1 && column <= 3) || column === 6

/** Three significant digits, never in powers of ten. */
const figure = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3))))
