#!/usr/bin/env node
// The command line: makes sure of the packages, of the Node that can load the database and of the build, and hands over.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { dist, onPinnedNode } from './places.mjs'
import { prepare } from './prepare.mjs'

await prepare({ electron: false })
onPinnedNode()
await buildIfStale(process.argv[2] === 'serve' ? undefined : ['electron'])
const child = spawn(process.execPath, [join(dist, 'electron', 'cli', 'main.js'), ...process.argv.slice(2)], { stdio: 'inherit' })
// A terminal sends Ctrl-C to both; this one stays to pass on how the other ended.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code)
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
})
