import { QuorumError } from '#shared/contract/errors.ts'
import type { Manifest, ModelFile } from '../manifest.ts'
import type { Port } from '../tensor.ts'
import { guessAudio } from './guessAudio.ts'
import { guessPicture } from './guessPicture.ts'
import type { OnnxHeader } from './header.ts'
import { namesOf } from './names.ts'

/** What is known of the file itself; `files` are the manifest's (the graph as `model`, external weights beside it). */
export interface FileInfo { readonly name: string; readonly files: readonly ModelFile[] }

export interface Guess {
  readonly manifest: Manifest
  /** True when the graph itself says what it is, so that nothing was assumed. */
  readonly sure: boolean
  /** What was assumed, for the person to check. */
  readonly notes: string[]
}

/**
 * The manifest that a graph seems to need, from its metadata and the names and shapes of its inputs and outputs. Throws in words when nothing
 * known fits. Whoever asks runs it once and shows the result before it is accepted.
 */
export function guessManifest(header: OnnxHeader, file: FileInfo): Guess {
  const clues = { header, named: namesOf(header.metadata), fileName: file.name.toLowerCase() }
  refuseDecoder(header)
  const guessed = guessAudio(clues) ?? guessPicture(clues)
  if (!guessed) throw new QuorumError('unsupported', `What ${file.name} does could not be guessed from its inputs (${describe(header.inputs)}) and outputs (${describe(header.outputs)}). Write a manifest beside it.`)
  const { sure, notes, ...parts } = guessed
  const { metadata } = header
  const title = file.name.replace(/\.onnx$/iu, '')
  const manifest: Manifest = {
    schema: 1, id: idOf(title), name: title.slice(0, 200) || 'model', version: (metadata['version'] ?? '1').slice(0, 80),
    licence: metadata['license'] ?? metadata['licence'] ?? 'unknown', source: metadata['docs'] ?? metadata['author'] ?? metadata['url'] ?? 'unknown',
    files: [...file.files], mostDetections: 300, ...parts,
  }
  return { manifest, sure, notes }
}

function refuseDecoder({ inputs }: OnnxHeader): void {
  if (!inputs.some(({ name }) => name === 'point_coords')) return
  throw new QuorumError('unsupported', 'This looks like the decoder of a Segment Anything model, which needs its encoder too. Put both files into a folder of their own, and add the folder.')
}

const idOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9._-]+/gu, '-').replace(/^[^a-z0-9]+/u, '').slice(0, 80).replace(/-+$/u, '') || 'model'

const describe = (ports: readonly Port[]): string => ports.slice(0, 8).map(({ name, dims }) => `${name.slice(0, 60)} ${dims.map((dim) => dim ?? '?').join(' × ')}`).join(', ') || 'none'
