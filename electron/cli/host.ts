import { resolve } from 'node:path'
import { Author } from '#shared/model/author.ts'
import { userOfMachine } from '#electron/host/user.ts'
import { defaultDataDir } from '#electron/host/dataDir.ts'
import type { Delivery } from '#electron/host/context.ts'
import { draftCommit } from '#electron/host/drafting.ts'
import { createHost, type Host, type HostOptions } from '#electron/host/host.ts'
import { bringInIfFree } from '#electron/prelabel/incoming.ts'
import { version } from '#electron/version.ts'
import { text, UsageError, type Invocation } from './command.ts'

/** Runs `work` with a host of its own, in the name that `--as` gives (default: the user of the machine), and closes it. */
export async function withHost<Result>(invocation: Invocation, work: (host: Host) => Promise<Result>, dataDir = defaultDataDir(), options: Pick<HostOptions, 'delivery'> = {}): Promise<Result> {
  const host = createHost({ dataDir, version, as: authorOf(invocation), remember: false, ...options })
  try {
    return await work(host)
  } finally {
    await host.close()
  }
}

/** The same with the project of the first word open. Reading commands do not take the writer's lock. */
export function withProject<Result>(invocation: Invocation, mode: 'read' | 'write', work: (host: Host) => Promise<Result>): Promise<Result> {
  return withHost(invocation, async (host) => {
    await host.open(resolve(invocation.words[0]!), mode)
    return work(host)
  })
}

/**
 * The same with the project open for reading, while drafts go where `delivery` says: many such processes work on one project at once, and beside an open window.
 * What earlier ones left behind is brought in first, where nobody has the project open.
 */
export async function withSharedProject<Result>(invocation: Invocation, delivery: Exclude<Delivery, { kind: 'own' }>, work: (host: Host) => Promise<Result>): Promise<Result> {
  const folder = resolve(invocation.words[0]!)
  if (delivery.kind === 'hand-over') await bringInIfFree(folder, Date.now, draftCommit)
  return withHost(invocation, async (host) => {
    await host.open(folder, 'read')
    return work(host)
  }, undefined, { delivery })
}

/** The person of `--as`, or the machine's user. */
export function authorOf(invocation: Invocation): Author {
  const name = text(invocation, 'as')
  if (name === null) return userOfMachine()
  const parsed = Author.safeParse(name)
  if (!parsed.success) throw new UsageError(`--as: a name ${parsed.error.issues[0]?.message ?? 'is needed'}.`)
  return parsed.data
}
