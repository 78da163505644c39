import { messageOf } from '#shared/contract/errors.ts'
import type { Asset } from '#shared/model/asset.ts'
import type { RestingContext } from '#electron/jobs/queue.ts'
import type { Predicted } from './protocol.ts'
import { RunFailure } from './runner.ts'

export interface RunAllOptions {
  readonly items: readonly Asset[]
  readonly job: RestingContext
  /** Whether the item needs to be looked at. */
  wants(asset: Asset): boolean
  look(asset: Asset): Promise<Predicted>
  /** What was said; in the order of the items. */
  said(asset: Asset, answer: Predicted): void
  failed(asset: Asset, reason: string): void
  /** Called when there is a pause: what was said should be on the disk. */
  flush(): void
}

/** Items under way at once: one runs, one is decoded, one waits. */
const ahead = 3
/** A model that loses its process over so many items one after another is not tried on the rest. */
const mostLosses = 3

/** Looks at items one after the other, as far as the job is let. One that fails is told and passed over. Throws in words where going on makes no sense. */
export async function runAll({ items, job, wants, look, said, failed, flush }: RunAllOptions): Promise<void> {
  const underWay: { asset: Asset; answer: Promise<Predicted> }[] = []
  let done = 0, losses = 0
  const next = async () => {
    const { asset, answer } = underWay.shift()!
    let heard: Predicted
    try {
      heard = await answer
    } catch (error) {
      if (error instanceof RunFailure && error.reason === 'cancelled') return
      failed(asset, messageOf(error))
      losses = error instanceof RunFailure && error.reason !== 'failed' ? losses + 1 : 0
      if (losses >= mostLosses) throw new Error(`The model failed on ${mostLosses} items one after another: ${messageOf(error)}. The rest was not tried.`, { cause: error })
      return job.progress(++done, items.length, asset.name)
    }
    losses = 0
    // A write that fails would fail for the next item too: it ends the run.
    said(asset, heard)
    job.progress(++done, items.length, asset.name)
  }
  const drain = async () => {
    while (underWay.length > 0) await next()
    flush()
  }
  try {
    job.progress(0, items.length, '')
    for (const asset of items) {
      if (job.resting()) await drain()
      await job.turn()
      if (job.signal.aborted) break
      if (!wants(asset)) {
        job.progress(++done, items.length, asset.name)
        continue
      }
      const answer = look(asset)
      // Its failure is told in its turn.
      answer.catch(() => undefined)
      underWay.push({ asset, answer })
      if (underWay.length >= ahead) await next()
    }
    await drain()
  } finally {
    flush()
  }
}
