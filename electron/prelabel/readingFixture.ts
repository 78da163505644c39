import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { env, InferenceSession, Tensor as OrtTensor } from 'onnxruntime-web/wasm'
import { fileURLToPath } from 'node:url'
import { decodeSamples } from '#electron/media/decodeSamples.ts'
import { pixelsOf } from '#electron/media/fixture.ts'
import type { MediaFormat } from '#electron/media/formats.ts'
import type { Manifest, ModelFile } from '#shared/prelabel/manifest.ts'
import type { AudioSample, ImageSample } from '#shared/prelabel/sample.ts'
import type { Session, Sessions, Tensor, Tensors, Texts } from '#shared/prelabel/tensor.ts'

env.wasm.numThreads = 1
const { resolve } = createRequire(import.meta.url)

/** Where a file of a package lies. */
const pathOf = ({ package: name, path }: ModelFile): string => join(packageFolder(name!), path)

function packageFolder(name: string): string {
  const entry = resolve.paths(name)!.map((folder) => join(folder, name))
  return entry.find((folder) => { try { return resolve(join(folder, 'package.json')) !== '' } catch { return false } }) ?? dirname(resolve(name))
}

/** A model's graphs in the WebAssembly runtime, and its lists; for tests. */
export async function openModel({ files }: Manifest): Promise<{ sessions: Sessions; texts: Texts }> {
  const sessions: Record<string, Session> = {}, texts: Record<string, string> = {}
  for (const file of files) {
    if (file.path.endsWith('.onnx')) sessions[file.name] = await openSession(await readFile(pathOf(file)))
    else texts[file.name] = await readFile(pathOf(file), 'utf8')
  }
  return { sessions, texts }
}

export async function openSession(bytes: Uint8Array): Promise<Session> {
  const session = await InferenceSession.create(bytes)
  const ports = (list: InferenceSession['inputMetadata']) => list.map((port) => (port.isTensor
    ? { name: port.name, type: port.type, dims: port.shape.map((side) => (typeof side === 'number' && side >= 2 ** 31 ? null : side)) }
    : { name: port.name, type: 'other', dims: [] }))
  return {
    inputs: ports(session.inputMetadata), outputs: ports(session.outputMetadata),
    async run(feeds) {
      const given = Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [name, new OrtTensor(tensor.type, tensor.data, tensor.dims)]))
      return Object.fromEntries(Object.entries(await session.run(given)).map(([name, tensor]) => [name, ours(tensor)])) satisfies Tensors
    },
  }
}

const ours = (tensor: OrtTensor): Tensor => ({ type: tensor.type, dims: tensor.dims, data: tensor.data }) as Tensor

/** A picture as models see it. */
export async function imageSample(source: string | Buffer): Promise<ImageSample> {
  const picture = await pixelsOf(source)
  return { kind: 'image', picture, width: picture.width, height: picture.height }
}

/** A sound of the practice project, one channel. */
export async function practiceSound(name: string, format: MediaFormat): Promise<AudioSample> {
  const chunks: Float32Array[] = []
  const path = fileURLToPath(new URL(`../practice/media/${name}`, import.meta.url))
  const { sampleRate } = await decodeSamples(path, format, ([channel]) => chunks.push(Float32Array.from(channel!)))
  const samples = new Float32Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    samples.set(chunk, at)
    at += chunk.length
  }
  return { kind: 'audio', samples, sampleRate }
}
