#!/usr/bin/env node
// npm run bench -- [NAME …] [--json]: prepares what is missing, then measures on the pinned Node.
import { buildIfStale } from './build.mjs'
import { onPinnedNode } from './places.mjs'
import { prepare } from './prepare.mjs'

await prepare({ electron: false })
onPinnedNode()
await buildIfStale()
const { benches, run } = await import('../bench/run.ts')
process.exitCode = await run(process.argv.slice(2), benches, (text) => process.stdout.write(text), (text) => process.stderr.write(text))
