import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Author } from '#shared/model/author.ts'
import { done, text, UsageError, type Command } from '../command.ts'
import { withHost } from '../host.ts'
import { runJob } from '../runJob.ts'

/** The one layer of the project in between. */
const layer = Author.parse('convert')

export const convert: Command = {
  name: 'convert',
  usage: 'quorum convert SOURCE OUT --from ID --to ID [--media DIR]',
  summary: 'Turns one format into another: an import and an export through a temporary project.',
  example: 'quorum convert instances.json out/yolo --from coco --to yolo-detect --media photos/',
  options: { from: { type: 'string' }, to: { type: 'string' }, media: { type: 'string' } },
  words: [2, 2],
  run(invocation) {
    const [source, out] = invocation.words.map((word) => resolve(word))
    const to = text(invocation, 'to')
    if (to === null) throw new UsageError('--to is missing; "quorum formats" lists what can be written.')
    const folder = mkdtempSync(join(tmpdir(), 'quorum-convert-'))
    const media = text(invocation, 'media')
    return withHost({ ...invocation, flags: { ...invocation.flags, as: layer } }, async (host) => {
      await host.ask('projects.create', { path: join(folder, 'project'), name: 'Convert', labels: [] })
      const request = { sources: [source!], mode: 'referenced' as const, format: text(invocation, 'from') ?? 'auto', media: media === null ? null : resolve(media), layer: null }
      const importJob = await runJob(host, invocation, () => host.ask('imports.start', request))
      const imported = await host.ask('imports.report', { job: importJob })
      const exportJob = await runJob(host, invocation, () => host.ask('exports.start', { request: { format: to, layer, includeDrafts: true, split: null }, out: out! }))
      const exported = await host.ask('exports.report', { job: exportJob })
      const remarks = [...imported.issues.map(({ path, code, message }) => `${code}: ${path}: ${message}`), ...exported.losses.map(({ code, kind, count }) => `loss ${code}: ${count} × ${kind}`)]
      return done({ import: imported, export: exported }, [`Read ${imported.annotations} annotations of ${imported.assets} items, wrote ${exported.annotations} in ${exported.files} files to ${out}.`, ...remarks], remarks.length > 0 ? 3 : 0)
    }, folder).finally(() => rmSync(folder, { recursive: true, force: true }))
  },
}
