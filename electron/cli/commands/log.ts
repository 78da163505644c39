import { done, UsageError, whole, type Command } from '../command.ts'
import { withProject } from '../host.ts'

const page = 500

export const log: Command = {
  name: 'log',
  usage: 'quorum log PROJECT [--since CURSOR]',
  summary: 'Prints the changes as JSON lines, the oldest first.',
  example: 'quorum log street --since 120',
  options: { since: { type: 'string' } },
  words: [1, 1],
  run: (invocation) =>
    withProject(invocation, 'read', async (host) => {
      let cursor = whole(invocation, 'since') ?? 0
      if (cursor < 0) throw new UsageError('--since takes a cursor that an earlier "quorum log" printed.')
      const all: unknown[] = []
      for (;;) {
        const { changes, cursor: next } = await host.ask('changes.list', { since: cursor, limit: page })
        all.push(...changes)
        if (changes.length === 0) break
        cursor = next
      }
      return done({ changes: all, cursor }, all.map((change) => JSON.stringify(change)))
    }),
}
