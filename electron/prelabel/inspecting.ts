import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { messageOf } from '#shared/contract/errors.ts'
import { guessManifest } from '#shared/prelabel/onnx/guess.ts'
import { readHeader } from '#shared/prelabel/onnx/header.ts'
import { hashOfFile } from './fileCheck.ts'
import type { Inspected, InspectTask } from './protocol.ts'
import { tryLoading } from './sessions.ts'

/** Looks into a file that nobody has vouched for: its header, whether the runtime takes it, and what it seems to be. Throws in words where it cannot run here. */
export async function answerInspect({ path }: InspectTask): Promise<Inspected> {
  const name = basename(path)
  const bytes = await readFile(path)
  const header = readHeader(bytes, name)
  const { inputs, outputs } = await tryLoading(bytes)
  const files = [{ name: 'model', path: name, bytes: (await stat(path)).size, hash: await hashOfFile(path) }]
  try {
    const { manifest, notes } = guessManifest(header, { name, files })
    return { manifest, notes, inputs, outputs }
  } catch (error) {
    return { manifest: null, notes: [messageOf(error)], inputs, outputs }
  }
}
