// A host process of its own, running what is built, so that its memory is that of a host alone. Prints one JSON document.
import type { Author } from '#shared/model/author.ts'
import type * as HostModuleNamespace from '#electron/host/host.ts'
import type { Opened } from '../openProject.ts'

type HostModule = typeof HostModuleNamespace

const [path, dataDir, built] = process.argv.slice(2) as [string, string, string]
const { createHost }: HostModule = await import(built)
const host = createHost({ dataDir, version: 'bench', as: 'bench' as Author, remember: false })
const everything = { text: '', kind: null, status: null, label: null, geometry: null, finding: null }

async function timed<Result>(work: () => Promise<Result>): Promise<[ms: number, result: Result]> {
  const start = performance.now()
  const result = await work()
  return [performance.now() - start, result]
}

const [open, { assets }] = await timed(() => host.ask('projects.open', { path }))
const [firstPage, { rows }] = await timed(() => host.ask('assets.query', { filter: everything, offset: 0, limit: 200 }))
const [firstItem] = await timed(() => host.ask('assets.open', { asset: rows[0]!.id }))
const peakMb = process.resourceUsage().maxRSS / 1024
const { rows: lastRows } = await host.ask('assets.query', { filter: everything, offset: assets - 1, limit: 1 })
const [locateLast] = await timed(() => host.ask('assets.locate', { filter: everything, asset: lastRows[0]!.id }))
const [filterText] = await timed(() => host.ask('assets.query', { filter: { ...everything, text: '99' }, offset: 0, limit: 200 }))
const [progress] = await timed(() => host.ask('assets.progress', {}))
process.stdout.write(JSON.stringify({ open, firstPage, firstItem, locateLast, filterText, progress, peakMb } satisfies Opened))
await host.close()
