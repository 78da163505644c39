import { resolve } from 'node:path'
import { checkFolder } from '#electron/host/check.ts'
import { done, type Command } from '../command.ts'

export const check: Command = {
  name: 'check',
  usage: 'quorum check PROJECT [--repair]',
  summary: 'Checks the database, replays the log against the tables, and compares the media with their hashes.',
  example: 'quorum check street --json',
  options: { repair: { type: 'boolean' }, as: { type: 'string' } },
  words: [1, 1],
  run: (invocation) => {
    const repair = invocation.flags['repair'] === true
    return checkFolder(resolve(invocation.words[0]!), Date.now, repair).then((report) => {
      const lines = report.findings.map(({ code, message, repaired }) => `${code}: ${message}${repaired ? ' Repaired.' : ''}`)
      const verdict = report.ok ? `Sound: ${report.changes} changes, log ${report.logHash.slice(0, 16)}.` : `${report.findings.length} findings.`
      return done(report, [...lines, verdict], report.findings.length > 0 ? 3 : 0)
    })
  },
}
