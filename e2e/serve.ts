import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const startMs = 30_000

export interface Serving {
  /** With the run's token. */
  url: string
  /** The folder of everything this run keeps. */
  folder: string
  close(): Promise<void>
}

/** Runs `quorum serve` as a person would, on folders of its own; `words` are its further arguments. */
export async function serve(words: string[] = [], folder = mkdtempSync(join(tmpdir(), 'quorum-serve-'))): Promise<Serving> {
  const server = spawn(process.execPath, ['bin/quorum.mjs', 'serve', ...words], {
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
    url, folder,
    async close() {
      server.kill('SIGINT')
      await ended
    },
  }
}
