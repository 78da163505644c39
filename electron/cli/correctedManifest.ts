import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { QuorumError } from '#shared/contract/errors.ts'
import { Manifest } from '#shared/prelabel/manifest.ts'
import { taskOfHead } from '#shared/prelabel/taskOfHead.ts'
import { text, UsageError, type Invocation } from './command.ts'

/** The guess with what the person says: a file of fields of the manifest, then the flags. */
export async function correctedManifest(guess: Manifest | null, notes: readonly string[], path: string, invocation: Invocation): Promise<Manifest> {
  const file = text(invocation, 'manifest')
  if (guess === null && file === null) throw new QuorumError('unsupported', `${notes.join(' ')} Where one of the heads of docs/prelabel.md fits all the same, name a file of the manifest's fields with --manifest.`)
  return edited(file === null ? guess! : await mended(guess ?? blank(path), file), invocation)
}

/** The guess with the fields that a file of JSON names; those of `input` one by one, the head as a whole. */
async function mended(guess: Partial<Manifest>, file: string): Promise<Manifest> {
  const content = await readFile(file, 'utf8').catch(() => { throw new UsageError(`--manifest: ${file} cannot be read.`) })
  const said = Fields.safeParse(jsonOf(content))
  if (!said.success) throw new UsageError(`--manifest: ${file} holds no JSON object.`)
  const { files: _, ...fields } = said.data
  const input = isObject(fields['input']) ? { input: { ...guess.input, ...fields['input'] } } : {}
  const made = Manifest.safeParse({ task: 'detect', ...guess, ...fields, ...input })
  // Another head is another task, unless that is said too.
  if (made.success) return made.data.head.kind === guess.head?.kind || 'task' in fields ? made.data : { ...made.data, task: taskOfHead(made.data.head.kind) }
  const issue = made.error.issues[0]!
  throw new UsageError(`--manifest: ${file}: ${issue.path.join('.') || 'it'}: ${issue.message}.`)
}

/** What a file says of itself where nothing could be guessed; sizes and hashes are filled in later. */
const blank = (path: string): Partial<Manifest> => {
  const name = basename(path).replace(/\.onnx$/iu, '')
  const id = name.toLowerCase().replaceAll(/[^a-z0-9._-]+/gu, '-').replace(/^[^a-z0-9]+/u, '').slice(0, 80)
  return { schema: 1, id: id || 'model', name: name || 'model', version: '1', licence: 'unknown', source: 'unknown', files: [{ name: 'model', path: basename(path), bytes: 0, hash: '0'.repeat(64) }], classes: [], threshold: 0.25, overlap: 0.5, mostDetections: 300 }
}

const Fields = z.record(z.string(), z.unknown())
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}

async function edited(manifest: Manifest, invocation: Invocation): Promise<Manifest> {
  const classes = text(invocation, 'classes')
  const threshold = text(invocation, 'threshold')
  const id = text(invocation, 'id')
  if (id !== null && !Manifest.shape.id.safeParse(id).success) throw new UsageError(`--id takes lower-case letters, digits, dots and dashes, not "${id}".`)
  if (threshold !== null && (threshold.trim() === '' || !(Number(threshold) >= 0 && Number(threshold) <= 1))) throw new UsageError(`--threshold takes a number from 0 to 1, not "${threshold}".`)
  return {
    ...manifest, id: id ?? manifest.id, name: text(invocation, 'name') ?? manifest.name, licence: text(invocation, 'licence') ?? manifest.licence, source: text(invocation, 'source') ?? manifest.source,
    threshold: threshold === null ? manifest.threshold : Number(threshold), classes: classes === null ? manifest.classes : await linesIn(classes),
  }
}

async function linesIn(path: string): Promise<string[]> {
  const content = await readFile(path, 'utf8').catch(() => { throw new UsageError(`--classes: ${path} cannot be read.`) })
  return content.split(/\r?\n/u).map((line) => line.trim()).filter((line) => line !== '')
}
