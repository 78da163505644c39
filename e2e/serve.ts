import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const startMs = 30_000

export interface Serving {
  /** With the run's token. */
  url: string
  /** The folder of everything this run keeps. */
  folder: string
  port: number
  /** kill -9, as a crash would. */
  kill(): Promise<void>
  close(): Promise<void>
}

export interface ServeOptions {
  /** The project to open; without one the workbench opens what it had last, else the practice project. */
  project?: string
  /** Where data/ lies and stays between two runs. */
  folder?: string
  port?: number
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'quorum-e2e-'))

/** What the machine remembers, as if this person had chosen the name before. */
export function beforehand(folder: string, me: string): void {
  mkdirSync(join(folder, 'data'), { recursive: true })
  writeFileSync(join(folder, 'data', 'settings.json'), JSON.stringify({ me }))
}

/** Runs `quorum serve` as a person would, on folders of its own. */
export async function serve({ project, folder = newFolder(), port = 0 }: ServeOptions = {}): Promise<Serving> {
  const server = spawn(process.execPath, ['bin/quorum.mjs', 'serve', ...(project === undefined ? [] : [project]), '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, QUORUM_DATA_DIR: join(folder, 'data') },
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => reject(new Error(`quorum serve printed no address in ${startMs / 1000} s`)), startMs)
    server.once('exit', (code) => reject(new Error(`quorum serve ended (${code}) before it printed an address`)))
    server.stdout.on('data', (data) => {
      said += String(data)
      const [found] = /http:\/\/127\.0\.0\.1:\S+(?=\s)/.exec(said) ?? []
      if (!found) return
      clearTimeout(late)
      resolve(found)
    })
  })
  return {
    url, folder, port: Number(new URL(url).port),
    async kill() {
      // The command hands over to a child, which is the host.
      spawnSync('pkill', ['-9', '-P', String(server.pid)])
      await ended
    },
    async close() {
      server.kill('SIGINT')
      await ended
    },
  }
}

/** Runs a command of the command line; its JSON. An exit with findings (3) is no failure. */
export function quorum(folder: string, ...words: string[]): unknown {
  const done = spawnSync(process.execPath, ['bin/quorum.mjs', ...words, '--json'], {
    encoding: 'utf8', maxBuffer: 1e8, env: { ...process.env, QUORUM_DATA_DIR: join(folder, 'data') },
  })
  if (done.status !== 0 && done.status !== 3) throw new Error(`quorum ${words.join(' ')} ended with ${done.status}: ${done.stderr}`)
  return JSON.parse(done.stdout)
}
