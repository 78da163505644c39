import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize, resolve, sep } from 'node:path'
import { z } from 'zod'
import { QuorumError } from '#shared/contract/errors.ts'
import { Manifest } from '#shared/prelabel/manifest.ts'
import { hashOfFile } from './fileCheck.ts'
import type { Inspected } from './protocol.ts'
import type { ModelRunner } from './runner.ts'

/** Bytes of one graph: more does not fit into the runtime's memory. */
const mostBytes = 2 * 1024 ** 3
/** A manifest by hand need not know its files' sizes and hashes. */
const Written = z.looseObject({ files: z.array(z.looseObject({ name: z.string(), path: z.string() })) })

/** What lies at a path: an ONNX file, or a folder with a `manifest.json` (or that file itself). Nothing is kept. Throws in words. */
export async function inspectPath(runner: ModelRunner, given: string): Promise<Inspected> {
  const path = resolve(given)
  const there = await stat(path).catch(() => null)
  if (there === null) throw new QuorumError('not-found', `There is no file ${path}.`)
  const folder = there.isDirectory() ? path : basename(path) === 'manifest.json' ? dirname(path) : null
  if (folder === null) {
    refuseLarge(path, there.size)
    return asked(path, () => runner.run({ kind: 'inspect', path }))
  }
  const manifest = await writtenManifest(folder)
  const graphs = await Promise.all(manifest.files.filter(({ path: file }) => file.endsWith('.onnx')).map((file) => asked(file.path, () => runner.run({ kind: 'inspect', path: join(folder, file.path) }))))
  return { manifest, notes: ['The manifest was taken as it stands.'], inputs: graphs.flatMap(({ inputs }) => inputs), outputs: graphs.flatMap(({ outputs }) => outputs) }
}

/** Where the files of a manifest lie that was inspected at `path`, by their names; their sizes and hashes as they are. Throws in words. */
export async function filesAt(given: string, manifest: Manifest): Promise<{ manifest: Manifest; files: Record<string, string> }> {
  const path = resolve(given)
  const there = await stat(path).catch(() => null)
  if (there === null) throw new QuorumError('not-found', `There is no file ${path}.`)
  const folder = there.isDirectory() ? path : dirname(path)
  const files: Record<string, string> = {}
  const measured = []
  for (const file of manifest.files) {
    if (file.package !== undefined) throw new QuorumError('invalid-input', `The manifest looks for ${file.name} in the package ${file.package}; a model of your own brings its files along.`)
    const at = there.isFile() && manifest.files.length === 1 && basename(path) !== 'manifest.json' ? path : insideOf(folder, file.path)
    files[file.name] = at
    measured.push({ ...file, ...await measure(at) })
  }
  return { manifest: { ...manifest, files: measured }, files }
}

async function writtenManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'manifest.json')
  const text = await readFile(path, 'utf8').catch(() => { throw new QuorumError('not-found', `${folder} has no manifest.json, which says what its files are. Name an .onnx file instead, and one is guessed.`) })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new QuorumError('invalid-input', `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const written = parsed(Written, json, path)
  const files = await Promise.all(written.files.map(async (file) => ({ ...file, ...await measure(insideOf(folder, file.path)) })))
  return parsed(Manifest, { ...written, files }, path)
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  throw new QuorumError('invalid-input', `${path} is no manifest: ${issue.path.join('.') || 'it'}: ${issue.message}.`)
}

function insideOf(folder: string, path: string): string {
  if (isAbsolute(path) || normalize(path).split(sep).includes('..')) throw new QuorumError('no-permission', `The manifest names ${path}, outside of its own folder; such files are not opened.`)
  return join(folder, path)
}

async function measure(path: string): Promise<{ bytes: number; hash: string }> {
  const there = await stat(path).catch(() => null)
  if (!there?.isFile()) throw new QuorumError('not-found', `The model’s file ${path} is not there.`)
  refuseLarge(path, there.size)
  return { bytes: there.size, hash: await hashOfFile(path) }
}

function refuseLarge(path: string, bytes: number): void {
  if (bytes > mostBytes) throw new QuorumError('unsupported', `${path} has ${Math.round(bytes / 1e6).toLocaleString('en')} MB; models of up to ${Math.round(mostBytes / 1e6).toLocaleString('en')} MB can be run here.`)
}

/** A failure in the runner, in words that name the file. */
async function asked<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new QuorumError('invalid-input', message.includes(basename(path)) ? message : `${basename(path)} cannot be used: ${message}`)
  }
}
