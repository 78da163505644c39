import type { Bench, BenchRow } from './row.ts'

/** Every benchmark by the name that is asked for. Loaded when it runs, so that one does not pay for another. */
export const benches: Readonly<Record<string, () => Promise<{ default: Bench }>>> = {
  'stroke': () => import('./stroke.ts'),
  'import-rows': () => import('./importRows.ts'),
  'open-project': () => import('./openProject.ts'),
  'next-asset': () => import('./nextAsset.ts'),
  'import-media': () => import('./importMedia.ts'),
  'canvas': () => import('./canvas.ts'),
  'aggregate': () => import('./aggregate.ts'),
