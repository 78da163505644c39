import { resolve } from 'node:path'
import type { ExportReport } from '#shared/contract/exporting.ts'
import { done, UsageError, type Command, type Outcome } from '../command.ts'
import { exportOptions, exportRequest } from '../exportRequest.ts'
import { withProject } from '../host.ts'
import { runJob } from '../runJob.ts'

export const exporting: Command = {
  name: 'export',
  usage: 'quorum export PROJECT OUT --format ID [--layer final|consensus|NAME] [--include-drafts] [--split train=.8,val=.1,test=.1 --seed N --group-by KEY --stratify] [--dry-run]',
  summary: 'Writes a training folder; it appears whole or not at all. --dry-run says what would be lost.',
  example: 'quorum export street out/yolo --format yolo-detect --layer ada --split train=.8,val=.2 --seed 1',
  options: exportOptions,
  words: [1, 2],
  run: (invocation) =>
    withProject(invocation, 'read', async (host) => {
      const request = exportRequest(invocation)
      const [, out] = invocation.words
      if (invocation.flags['dry-run'] === true) return outcomeOf(await host.ask('exports.plan', request), null)
      if (out === undefined) throw new UsageError('OUT, the folder to make, is missing.')
      const job = await runJob(host, invocation, () => host.ask('exports.start', { request, out: resolve(out) }))
      return outcomeOf(await host.ask('exports.report', { job }), resolve(out))
    }),
}

/** Exit 3 when the format could not hold something. */
function outcomeOf(report: ExportReport, out: string | null): Outcome {
  const losses = report.losses.map(({ code, kind, count, examples }) => `loss ${code}: ${count} × ${kind}, for example ${examples.slice(0, 2).join('; ')}`)
  const withheld = report.withheld.map(({ reason, count }) => `withheld ${reason}: ${count}`)
  const verb = out === null ? 'Would write' : 'Wrote'
  return done(report, [`${verb} ${report.annotations} annotations in ${report.files} files${out === null ? '' : ` to ${out}`}.`, ...losses, ...withheld, `snapshot ${report.snapshot}`], report.losses.length > 0 ? 3 : 0)
}
