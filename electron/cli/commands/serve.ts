import { join, resolve } from 'node:path'
import { serveHttp } from '#electron/transport/http.ts'
import { defaultDataDir } from '#electron/host/dataDir.ts'
import { createHost } from '#electron/host/host.ts'
import { root, version } from '#electron/version.ts'
import { done, whole, type Command } from '../command.ts'

export const serve: Command = {
  name: 'serve',
  usage: 'quorum serve [PROJECT] [--port N]',
  summary: 'Serves the workbench to a browser on this machine alone and prints the address with its token.',
  example: 'quorum serve street --port 8787',
  options: { port: { type: 'string' } },
  words: [0, 1],
  async run(invocation) {
    const host = createHost({ dataDir: defaultDataDir(), version })
    const [project] = invocation.words
    if (project !== undefined) await host.open(resolve(project), 'write')
    const served = await serveHttp(host, join(root, 'dist', 'renderer'), whole(invocation, 'port') ?? 0)
    process.stdout.write(`${invocation.flags['json'] ? JSON.stringify({ url: served.url }) : served.url}\n`)
    await new Promise<void>((finish) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => finish())
    })
    await served.close()
    await host.close()
    return done(null, [])
  },
}
