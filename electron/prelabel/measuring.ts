import { median } from '#shared/geometry/median.ts'
import type { Measured } from './measured.ts'
import type { ItemFile, Looker } from './protocol.ts'
import type { ModelRunner } from './runner.ts'
import type { RunSettings } from '#shared/prelabel/manifest.ts'

const runs = 5
/** Milliseconds after which no further run is begun: of a slow model one must do. */
const mostMs = 15_000

/** The median of a few runs on a sample, after one that loads and warms; of a segmenter that waits for clicks, of a picture and a click. Rejects with a `RunFailure`. */
export async function measureModel(
  runner: ModelRunner, { by, settings, looksAt }: { readonly by: Looker; readonly settings: RunSettings; readonly looksAt: 'image' | 'audio' }, samples: Readonly<Record<'image' | 'audio', ItemFile>>,
): Promise<Measured> {
  const once = (): Promise<Measured> =>
    (by.kind === 'model' && by.manifest.head.kind === 'sam' ? runner.run({ kind: 'time', by }) : runner.run({ kind: 'predict', by, item: samples[looksAt], region: null, settings }))
  const { backend } = await once()
  const times: number[] = []
  for (const until = Date.now() + mostMs; times.length < runs && (times.length === 0 || Date.now() < until);) times.push((await once()).ms)
  return { ms: median(times)!, backend }
}
