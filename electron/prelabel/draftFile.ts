import { closeSync, createReadStream, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { QuorumError } from '#shared/contract/errors.ts'
import type { AssetId } from '#shared/model/id.ts'
import { DraftLine, DraftRun } from './draftRun.ts'

/** The first line of a file of drafts. */
const Head = z.object({ format: z.literal('quorum-drafts'), schema: z.literal(1), run: DraftRun })

export const headLine = (run: DraftRun): string => `${JSON.stringify({ format: 'quorum-drafts', schema: 1, run } satisfies z.input<typeof Head>)}\n`
export const itemLine = (line: DraftLine): string => `${JSON.stringify(line)}\n`

export interface DraftFile {
  readonly run: DraftRun
  /** The items, one after the other; null for a line that cannot be read. What a kill tore off at the end is no line. */
  readonly lines: AsyncIterable<DraftLine | null>
  /** For whoever does not read to the end. */
  close(): void
}

/** Reads a file of drafts: JSON lines, the run first, then an item a line. Throws in words for what is none. */
export async function readDraftFile(path: string): Promise<DraftFile> {
  const end = await closedOn(path)
  if (end === 0) throw notOurs(path)
  const reader = createInterface({ input: createReadStream(path, { end: end - 1 }), crlfDelay: Infinity })
  const texts = reader[Symbol.asyncIterator]()
  const first = await texts.next()
  const head = Head.safeParse(jsonOf(first.done === true ? '' : first.value))
  if (!head.success) {
    reader.close()
    throw notOurs(path)
  }
  return { run: head.data.run, lines: linesOf(texts), close: () => reader.close() }
}

async function* linesOf(texts: AsyncIterator<string>): AsyncGenerator<DraftLine | null> {
  for (let next = await texts.next(); next.done !== true; next = await texts.next()) {
    if (next.value.trim() !== '') yield DraftLine.safeParse(jsonOf(next.value)).data ?? null
  }
}

/** The bytes of the file up to the end of its last whole line. */
async function closedOn(path: string): Promise<number> {
  let at = 0, end = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      const last = chunk.lastIndexOf(10)
      if (last >= 0) end = at + last + 1
      at += chunk.length
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new QuorumError(code === 'ENOENT' ? 'not-found' : 'no-permission', code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code ?? 'unknown'}).`, String(error))
  }
  return end
}

/** A file of drafts that grows: what a run that was killed left in it is taken over, but for a line that it tore off. */
export class GrowingDraftFile {
  /** Items that it held before. */
  readonly held: ReadonlySet<AssetId>
  readonly #handle: number

  private constructor(handle: number, held: ReadonlySet<AssetId>) {
    this.#handle = handle
    this.held = held
  }

  /** Throws in words where the file holds something else, or drafts of another run. */
  static async open(path: string, run: DraftRun): Promise<GrowingDraftFile> {
    const handle = opened(path)
    try {
      const end = await closedOn(path)
      if (end === 0 && readSync(handle, Buffer.alloc(1), 0, 1, 0) > 0 && !(await startsAsOurs(path))) throw notOurs(path)
      const held = new Set<AssetId>()
      if (end > 0) {
        const there = await readDraftFile(path)
        if (!sameRun(there.run, run)) throw new QuorumError('invalid-input', `${path} holds drafts of ${there.run.model} ${there.run.version} with other settings or another file. Name another file, or remove that one.`)
        for await (const line of there.lines) if (line) held.add(line.asset)
      }
      ftruncateSync(handle, end)
      const file = new GrowingDraftFile(handle, held)
      if (end === 0) file.append(headLine(run))
      return file
    } catch (error) {
      closeSync(handle)
      throw error
    }
  }

  /** On the disk when it returns. Throws what the disk says, in words. */
  append(text: string): void {
    const bytes = Buffer.from(text)
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#handle, bytes, at)
      fsyncSync(this.#handle)
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new QuorumError('disk-full', 'The disk that holds the file of drafts is full. Free some space and run the same command again; it goes on where it stopped.', String(error)) : error
    }
  }

  close(): void {
    closeSync(this.#handle)
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'a+')
  } catch (error) {
    throw new QuorumError('no-permission', `${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}). Check its folder and the permissions.`, String(error))
  }
}

/** A run that was killed over its very first line leaves the beginning of one. */
async function startsAsOurs(path: string): Promise<boolean> {
  let text = ''
  for await (const chunk of createReadStream(path, { end: 1 << 20 }) as AsyncIterable<Buffer>) text += chunk.toString('utf8')
  const begin = '{"format":"quorum-drafts"'
  return text.length < begin.length ? begin.startsWith(text) : text.startsWith(begin)
}

/** Whoever asked: what was said is the same. */
const sameRun = (a: DraftRun, b: DraftRun) => JSON.stringify({ ...a, author: '' }) === JSON.stringify({ ...b, author: '' })
const notOurs = (path: string) => new QuorumError('invalid-input', `${path} holds no drafts of Quorum. "quorum prelabel PROJECT --model ID --out FILE" makes such a file.`)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
