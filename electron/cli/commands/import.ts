import { resolve } from 'node:path'
import type { ImportReport } from '#shared/contract/importing.ts'
import { done, text, UsageError, type Command, type Outcome } from '../command.ts'
import { withProject } from '../host.ts'
import { runJob } from '../runJob.ts'

export const importing: Command = {
  name: 'import',
  usage: 'quorum import PROJECT SOURCE [--format auto|ID] [--media DIR] [--as NAME] [--gold] [--reference]',
  summary: 'Brings in media, annotations or both; --as is the layer they land in: the finished work of that person, who has done every item that the files name. --gold: known answers, all of each item that the files name; they go to the layer final, and consensus learns from them how people work.',
  example: 'quorum import street photos/ --as ada   # files are copied; --reference leaves them where they are',
  options: { format: { type: 'string' }, media: { type: 'string' }, as: { type: 'string' }, gold: { type: 'boolean' }, reference: { type: 'boolean' } },
  words: [2, 1000],
  run: (invocation) =>
    withProject(invocation, 'write', async (host) => {
      const [, ...sources] = invocation.words
      const media = text(invocation, 'media')
      const format = text(invocation, 'format') ?? 'auto'
      const gold = invocation.flags['gold'] === true
      const { formats } = await host.ask('formats.list', {})
      if (!['auto', 'media', ...formats.filter(({ reads }) => reads).map(({ id }) => id)].includes(format)) throw new UsageError(`--format ${format} is not a format that can be read; "quorum formats" lists them.`)
      const request = {
        sources: sources.map((source) => resolve(source)), mode: invocation.flags['reference'] === true ? 'referenced' as const : 'copied' as const,
        format, media: media === null ? null : resolve(media), layer: gold ? 'final' : null,
        // Who is named has done what the files name; who brings in their own to go on with has not.
        finished: !gold && text(invocation, 'as') !== null, gold,
      }
      const job = await runJob(host, invocation, () => host.ask('imports.start', request))
      return outcomeOf(await host.ask('imports.report', { job }))
    }),
}

const shown = 20

/** Exit 3 when there is something about a file that the person must know. */
function outcomeOf(report: ImportReport): Outcome {
  const { assets, annotations, issues, skipped } = report
  const issueLines = issues.slice(0, shown).map(({ path, code, message }) => `${code}: ${path}: ${message}`)
  const more = issues.length > shown ? [`… and ${issues.length - shown} more; --json prints them all.`] : []
  return done(report, [`${assets} items, ${annotations} annotations, ${skipped} left out, ${issues.length} remarks.`, ...issueLines, ...more], issues.length > 0 ? 3 : 0)
}
