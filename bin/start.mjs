#!/usr/bin/env node
// npm start: the workbench in Electron where its binary is here, else in the machine's browser, else at an address to open elsewhere.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { electronBinary } from './electron.mjs'
import { dist, hasDisplay, isRoot, onPinnedNode, root } from './places.mjs'

/** Ends as the child ended; passes on the signals that would leave it behind. */
function follow(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 1))
}

function startWindow(binary) {
  const args = []
  if (process.platform === 'linux' && isRoot()) {
    process.stderr.write('Running as root: the window\'s sandbox is off. Start Quorum as an ordinary user to have it.\n')
    args.push('--no-sandbox')
  }
  follow(spawn(binary, [...args, root, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }))
}

function openInBrowser(url) {
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? ['xdg-open']
  const opened = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  opened.on('error', () => process.stderr.write(`No browser could be opened; the address is ${url}\n`))
  opened.unref()
}

/** Serves the last opened project, or the practice project, and shows it where there is a screen to show it on. */
function startServer() {
  process.stderr.write(hasDisplay()
    ? 'Electron is not here, so the workbench opens in your browser; Ctrl+C ends it.\n'
    : 'No display: open the address below in a browser on this machine; Ctrl+C ends it.\n')
  const serve = spawn(process.execPath, [join(dist, 'electron', 'cli', 'main.js'), 'serve', ...process.argv.slice(2)], { stdio: ['inherit', 'pipe', 'inherit'] })
  let words = ''
  let opened = !hasDisplay()
  serve.stdout.on('data', (data) => {
    process.stdout.write(data)
    if (opened) return
    words += data
    const [url] = /http:\/\/127\.0\.0\.1:\d+\S*(?=\s)/.exec(words) ?? []
    if (!url) return
    opened = true
    openInBrowser(url)
  })
  follow(serve)
}

onPinnedNode()
await buildIfStale()
const binary = electronBinary()
if (binary && hasDisplay()) startWindow(binary)
else startServer()
