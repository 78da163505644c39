import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Page } from 'playwright/test'

const asRoot = process.getuid?.() === 0
const startMs = 20_000

export interface Opened {
  page: Page
  /** Errors that the page reported so far. */
  problems: string[]
  /** The host's process id: the one child of the main process that runs its entry file. */
  host(): number
  /** Closes the window as a person would, and waits until the application has ended. */
  close(): Promise<void>
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'quorum-window-'))

/** The address at which the application lets itself be driven; it says so on its error stream. */
const debuggerOf = (app: ChildProcess): Promise<string> => new Promise((resolve, reject) => {
  let words = ''
  const late = setTimeout(() => reject(new Error(`The window did not open in ${startMs / 1000} s. It said: ${words}`)), startMs)
  app.once('exit', (code) => reject(new Error(`The application ended at once (${code}). It said: ${words}`)))
  app.stderr?.on('data', (data) => {
    words += String(data)
    const [, url] = /DevTools listening on (ws:\S+)/.exec(words) ?? []
    if (!url) return
    clearTimeout(late)
    resolve(url)
  })
})

/** Waits for the window's page to have its address: a driver that attaches to one just being made may wait for ever. */
async function pageAt(address: string): Promise<void> {
  const { host } = new URL(address)
  for (const until = Date.now() + startMs; Date.now() < until; await delay(50)) {
    const targets = await fetch(`http://${host}/json/list`).then((answer) => answer.json()) as { type: string, url: string, title: string }[]
    if (targets.some(({ type, url, title }) => type === 'page' && url.startsWith('asset://') && title === 'Quorum')) return
  }
  throw new Error(`The window showed no page in ${startMs / 1000} s.`)
}

/** What a failed test leaves running ends with the tests. */
const running = new Set<ChildProcess>()
process.on('exit', () => running.forEach((app) => app.kill('SIGKILL')))

const exitOf = (app: ChildProcess): Promise<void> => new Promise((resolve) => {
  if (app.exitCode !== null || app.signalCode !== null) resolve()
  else app.once('exit', () => resolve())
})

function hostOf(app: ChildProcess): number {
  const found = spawnSync('pgrep', ['-P', String(app.pid), '-f', 'host[/]main.js'], { encoding: 'utf8' })
  return Number(found.stdout.trim().split('\n')[0])
}

/**
 * Opens the real window, by the door that a packed application has too (its fuses refuse a debugger of its main process).
 * What it keeps lies in `folder` alone, so that opening it there again is a second start.
 */
export async function openApp(folder: string): Promise<Opened> {
  const executable = process.env['QUORUM_ELECTRON']
  if (!executable) throw new Error('QUORUM_ELECTRON must name the application to test; npm test finds or makes it.')
  const args = [...(asRoot ? ['--no-sandbox'] : []), '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'window')}`]
  const app = spawn(executable, process.env['QUORUM_PACKED'] ? args : [...args, '.'], {
    stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, QUORUM_DATA_DIR: join(folder, 'data') },
  })
  running.add(app)
  app.once('exit', () => running.delete(app))
  const address = await debuggerOf(app)
  await pageAt(address)
  const browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  if (!context) throw new Error('The application has no window.')
  const page = context.pages()[0] ?? await context.waitForEvent('page')
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  return {
    page, problems, host: () => hostOf(app),
    async close() {
      await page.close()
      await exitOf(app)
    },
  }
}

type Reply = { ok: true, value: unknown } | { ok: false, error: { code: string, message: string } }

/** Calls the host as the page does. */
export async function call(page: Page, method: string, input: unknown): Promise<unknown> {
  const reply = await page.evaluate(([name, value]) => {
    const { quorum } = globalThis as unknown as { quorum: { call(name: string, value: unknown): Promise<unknown> } }
    return quorum.call(name, value)
  }, [method, input] as const) as Reply
  if (!reply.ok) throw new Error(`${method}: ${reply.error.message}`)
  return reply.value
}
