import { join, resolve } from 'node:path'
import { QuorumError } from '#shared/contract/errors.ts'
import { serveHttp, type Served } from '#electron/transport/http.ts'
import { defaultDataDir } from '#electron/host/dataDir.ts'
import { createHost, type Host } from '#electron/host/host.ts'
import { root, version } from '#electron/version.ts'
import { done, UsageError, whole, type Command, type Invocation } from '../command.ts'
import { authorOf } from '../host.ts'

export const serve: Command = {
  name: 'serve',
  usage: 'quorum serve [PROJECT] [--port N] [--as NAME]',
  summary: 'Serves the workbench to a browser on this machine alone and prints the address with its token.',
  example: 'quorum serve street --port 8787',
  options: { port: { type: 'string' }, as: { type: 'string' } },
  words: [0, 1],
  async run(invocation) {
    const port = whole(invocation, 'port')
    if (port !== null && (port < 0 || port > 65_535)) throw new UsageError('--port takes a number from 0 (any free one) to 65535.')
    const as = invocation.flags['as'] === undefined ? null : authorOf(invocation)
    const host = createHost({ dataDir: defaultDataDir(), version, as })
    try {
      await served(host, invocation, port)
    } finally {
      await host.close()
    }
    return done(undefined, [])
  },
}

async function served(host: Host, invocation: Invocation, port: number | null): Promise<void> {
  const [project] = invocation.words
  if (project !== undefined) await host.open(resolve(project), 'write')
  const server = await onPort(host, port)
  // Before the address is out: whoever reads it may end us at once.
  const ended = new Promise<void>((finish) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => finish())
  })
  await invocation.print(invocation.flags['json'] ? JSON.stringify({ url: server.url }) : server.url)
  await ended
  await server.close()
}

/**
 * The port where no other is asked for. A browser keeps what a page could not save by the page's address, port and all:
 * only under the same one does the next run find it.
 */
const usualPort = 21_731

async function onPort(host: Host, port: number | null): Promise<Served> {
  const page = join(root, 'dist', 'renderer')
  if (port !== null) return serveHttp(host, page, port)
  try {
    return await serveHttp(host, page, usualPort)
  } catch (error) {
    if (!(error instanceof QuorumError)) throw error
    return serveHttp(host, page, 0)
  }
}
