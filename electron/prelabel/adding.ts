import { open, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, normalize, resolve, sep } from 'node:path'
import { z } from 'zod'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import { Manifest } from '#shared/prelabel/manifest.ts'
import { hashOfFile } from './fileCheck.ts'
import type { Inspected } from './protocol.ts'
import { RunFailure, type ModelRunner } from './runner.ts'
import { isDecoder, segmentAnything, type Graph } from './segmentAnything.ts'

/** Bytes of one graph: more does not fit into the runtime's memory. */
const mostBytes = 2 * 1024 ** 3
/** A manifest by hand need not know its files' sizes and hashes. */
const Written = z.looseObject({ files: z.array(z.looseObject({ name: z.string(), path: z.string() })) })

/** Looks into one graph; nobody has vouched for it. */
type Look = (path: string) => Promise<Inspected>

/**
 * What lies at a path: an ONNX file; a folder with a `manifest.json` (or that file itself), or with the two graphs of a Segment Anything model. Nothing is kept.
 * A graph that takes longer than `timeoutMs` to load is stopped. Throws in words.
 */
export async function inspectPath(runner: ModelRunner, given: string, timeoutMs: number): Promise<Inspected> {
  const path = resolve(given)
  const there = await stat(path).catch(() => null)
  if (there === null) throw new QuorumError('not-found', `There is no file ${path}.`)
  const look: Look = (graph) => asked(graph, () => runner.run({ kind: 'inspect', path: graph }, { timeoutMs, once: true }))
  const folder = there.isDirectory() ? path : basename(path) === 'manifest.json' ? dirname(path) : null
  if (folder === null) {
    if (!there.isFile()) throw new QuorumError('invalid-input', `${path} is no file that could hold a model.`)
    refuseLarge(path, there.size)
    await refuseOtherFormats(path)
    return look(path)
  }
  if (!await hasManifest(folder)) return pairIn(folder, look)
  const manifest = await writtenManifest(folder)
  const graphs: Inspected[] = []
  for (const file of manifest.files.filter(({ path: each }) => each.endsWith('.onnx'))) graphs.push(await look(join(folder, file.path)))
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
    const at = there.isFile() && manifest.files.length === 1 && basename(path) !== 'manifest.json' ? path : await insideOf(folder, file.path)
    files[file.name] = at
    measured.push({ ...file, ...await measure(at) })
  }
  return { manifest: { ...manifest, files: measured }, files }
}

const hasManifest = async (folder: string) => (await stat(join(folder, 'manifest.json')).catch(() => null))?.isFile() === true

/** An encoder and a decoder that belong together and need no manifest. */
async function pairIn(folder: string, look: Look): Promise<Inspected> {
  const names = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.onnx')).sort()
  const needs = `${folder} has no manifest.json, which says what its files are.`
  if (names.length === 1) throw new QuorumError('not-found', `${needs} Name the file ${names[0]} itself, and one is guessed.`)
  if (names.length !== 2) throw new QuorumError('not-found', `${needs} Name an .onnx file instead, and one is guessed.`)
  const graphs: Graph[] = []
  for (const name of names) {
    const at = await insideOf(folder, name)
    graphs.push({ file: { path: name, ...await measure(at) }, seen: await look(at) })
  }
  const decoder = graphs.find(isDecoder), encoder = graphs.find((graph) => !isDecoder(graph))
  if (!decoder || !encoder) throw new QuorumError('not-found', `${needs} Its two graphs are not the encoder and the decoder of a Segment Anything model.`)
  return { ...segmentAnything(basename(folder), encoder, decoder), inputs: graphs.flatMap(({ seen }) => seen.inputs), outputs: graphs.flatMap(({ seen }) => seen.outputs) }
}

/** Files that people have beside their ONNX file, told by how they begin. */
async function refuseOtherFormats(path: string): Promise<void> {
  const handle = await open(path).catch((error: unknown) => { throw new QuorumError('no-permission', `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`) })
  const begin = Buffer.alloc(8)
  await handle.read(begin, 0, 8, 0).finally(() => handle.close())
  const isZip = begin.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))
  if (isZip && /\.(pt|pth|ckpt)$/iu.test(path)) throw new QuorumError('unsupported', `${basename(path)} holds PyTorch weights, not ONNX. Export it where it was trained (for YOLO: "yolo export model=${basename(path)} format=onnx"), and add the .onnx file.`)
  if (isZip) throw new QuorumError('unsupported', `${basename(path)} is a zip archive. Unpack it, and add the .onnx file, or the folder with its manifest.json.`)
  if (begin.subarray(4, 8).toString('latin1') === 'TFL3') throw new QuorumError('unsupported', `${basename(path)} is a TensorFlow Lite model, not ONNX. Convert it with tf2onnx, and add the .onnx file.`)
}

async function writtenManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'manifest.json')
  const text = await readFile(path, 'utf8').catch(() => { throw new QuorumError('not-found', `${folder} has no manifest.json, which says what its files are. Name an .onnx file instead, and one is guessed.`) })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new QuorumError('invalid-input', `${path} is not JSON: ${messageOf(error)}`)
  }
  const written = parsed(Written, json, path)
  const files = await Promise.all(written.files.map(async (file) => ({ ...file, ...await measure(await insideOf(folder, file.path)) })))
  return parsed(Manifest, { ...written, files }, path)
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  throw new QuorumError('invalid-input', `${path} is no manifest: ${issue.path.join('.') || 'it'}: ${issue.message}.`)
}

async function insideOf(folder: string, path: string): Promise<string> {
  const refused = new QuorumError('no-permission', `The manifest names ${path}, outside of its own folder; such files are not opened.`)
  if (isAbsolute(path) || normalize(path).split(sep).includes('..')) throw refused
  const at = join(folder, path)
  const [home, real] = await Promise.all([realpath(folder), realpath(at).catch(() => null)])
  if (real !== null && !real.startsWith(home.endsWith(sep) ? home : home + sep)) throw new QuorumError('no-permission', `${path} is a link that leads outside of its own folder; such files are not opened. Put the file itself there.`)
  return at
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
    const message = error instanceof RunFailure && error.reason === 'timeout' ? tooLong('while it was loaded,', error) : messageOf(error)
    throw new QuorumError('invalid-input', message.includes(basename(path)) ? message : `${basename(path)} cannot be used: ${message}`)
  }
}

/** Of a model that was stopped, in words; `doing`: what it was at. */
export const tooLong = (doing: string, { message }: RunFailure): string =>
  `${doing} ${message}, so it was stopped. It may never end; where it is only slow, "quorum models add FILE --timeout 300" gives it five minutes.`
