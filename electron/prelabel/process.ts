import { totalmem } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { messageOf } from '#shared/contract/errors.ts'
import { answerInspect } from './inspecting.ts'
import { beginPredict } from './predicting.ts'
import { answerTime } from './timing.ts'
import type { Question, Reply } from './protocol.ts'
import type { Watched } from './watchdog.ts'
import { isMemory } from './words.ts'

// The child process of ModelRunner: what a task decodes begins when the task comes, what it computes when all before it are done.

/** WebAssembly's own bound is 4 GB; pictures and sounds come on top. */
const mostBytes = Math.min(6 * 1024 ** 3, totalmem() * 0.8)
new Worker(new URL(`./watchdog${extname(import.meta.url)}`, import.meta.url), { execArgv: [], workerData: { parent: process.ppid, mostBytes } satisfies Watched }).unref()

let last: Promise<unknown> = Promise.resolve()

process.on('message', (question: Question) => {
  const { id, task } = question
  // The reading of the next item goes on in libvips' own threads while a graph runs here.
  const begun = task.kind === 'predict' ? beginPredict(task) : () => (task.kind === 'inspect' ? answerInspect(task) : answerTime(task))
  const before = last
  last = answer(id, async () => {
    await before
    return begun()
  })
})
process.on('disconnect', () => process.exit(0))

async function answer(id: number, work: () => Promise<Extract<Reply, { ok: true }>['value']>): Promise<void> {
  try {
    send({ id, ok: true, value: await work(), held: process.memoryUsage.rss() })
  } catch (error) {
    send({ id, ok: false, reason: isMemory(error) ? 'memory' : 'failed', message: messageOf(error), held: process.memoryUsage.rss() })
  }
}

function send(reply: Reply): void {
  if (process.connected) process.send?.(reply)
}
