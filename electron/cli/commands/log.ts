import { done, UsageError, whole, type Command, type Invocation } from '../command.ts'
import { withProject } from '../host.ts'
import type { Host } from '#electron/host/host.ts'
import type { Change } from '#shared/model/change.ts'

const page = 500

export const log: Command = {
  name: 'log',
  usage: 'quorum log PROJECT [--since CURSOR]',
  summary: 'Prints the changes as JSON lines, the oldest first, and on stderr the cursor that --since takes next time.',
  example: 'quorum log street --since 120 >> street.jsonl',
  options: { since: { type: 'string' } },
  words: [1, 1],
  run(invocation) {
    const since = whole(invocation, 'since') ?? 0
    if (since < 0) throw new UsageError('--since takes a cursor that an earlier "quorum log" printed.')
    return withProject(invocation, 'read', async (host) => (invocation.flags['json'] ? asDocument(host, since) : asLines(host, since, invocation)))
  },
}

async function asDocument(host: Host, since: number) {
  const changes: Change[] = []
  let cursor = since
  for await (const each of pages(host, since)) {
    changes.push(...each.changes)
    cursor = each.cursor
  }
  return done({ changes, cursor }, [])
}

/** Line by line, so that the longest log fits. */
async function asLines(host: Host, since: number, { print, say }: Invocation) {
  let cursor = since
  for await (const each of pages(host, since)) {
    for (const change of each.changes) await print(JSON.stringify(change))
    cursor = each.cursor
  }
  say(`cursor ${cursor}`)
  return done(undefined, [])
}

async function* pages(host: Host, since: number) {
  for (let cursor = since; ;) {
    const each = await host.ask('changes.list', { since: cursor, limit: page })
    if (each.cursor === cursor) return
    yield each
    cursor = each.cursor
  }
}
