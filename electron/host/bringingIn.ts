import type { JobContext } from '#electron/jobs/queue.ts'
import { readDraftFile } from '#electron/prelabel/draftFile.ts'
import { addWritten, nothingWritten, type DraftSink } from '#electron/prelabel/draftRun.ts'
import { unreadNote } from '#electron/prelabel/incoming.ts'
import type { HostContext } from './context.ts'
import { draftSink } from './drafting.ts'
import { RunReport } from './prelabelReport.ts'

/** Brings in files of drafts that runs elsewhere wrote, one after the other. Each file is opened before the first is read, so that a wrong one is told before anything is written. Throws in words. */
export async function bringInFiles(context: HostContext, paths: readonly string[], job: JobContext, id: string): Promise<void> {
  const models = [...new Set(await Promise.all(paths.map(modelIn)))].join(', ')
  const total = { written: nothingWritten(), waiting: 0 }
  const report = new RunReport(context, id, { model: models, name: models, items: 0, leftOut: { submitted: 0, missing: 0 }, backend: '' })
  let items = 0
  for (const path of paths) {
    const { run, lines } = await readDraftFile(path)
    const sink = await draftSink(context, run)
    let unread = 0
    try {
      for await (const line of lines) {
        if (job.signal.aborted) break
        if (line === null) unread += 1
        else {
          sink.said({ id: line.asset }, line, line.at)
          report.heard(line)
        }
        job.progress(++items, null, path)
      }
    } finally {
      await sink.end(job.signal).finally(() => {
        add(total, sink, unread)
        report.count(items)
        report.tell(total)
      })
    }
  }
}

async function modelIn(path: string): Promise<string> {
  const { run, close } = await readDraftFile(path)
  close()
  return run.model
}

function add(total: { written: DraftSink['written']; waiting: number }, { written, waiting }: DraftSink, unread: number): void {
  addWritten(total.written, unread > 0 ? { ...written, notes: [...written.notes, unreadNote(unread)] } : written)
  total.waiting += waiting
}
