import { modelAddress } from '#shared/contract/models.ts'
import type { Manifest } from '#shared/prelabel/manifest.ts'
import type { Progress } from './protocol.ts'

/** Bytes. */
const toldEvery = 4 << 20

type Fetch = (url: string) => Promise<Response>

/** A file of a model by the part that it plays. Throws in words when there is none. */
export function fileOf(manifest: Manifest, name: string) {
  const file = manifest.files.find((each) => each.name === name)
  if (!file) throw new Error(`The model “${manifest.name}” has no file “${name}”.`)
  return file
}

/** The text of a list of a model, read once. */
export async function textOf(fetch: Fetch, texts: Map<string, string>, manifest: Manifest, name: string): Promise<string> {
  const file = fileOf(manifest, name)
  const known = texts.get(file.hash)
  if (known !== undefined) return known
  const text = await (await answered(fetch, modelAddress(manifest.id, file))).text()
  texts.set(file.hash, text)
  return text
}

async function answered(fetch: Fetch, url: string): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`A file of the model is not there (${response.status}, ${url}). Install Quorum again, or add the model again.`)
  return response
}

/** The bytes of a graph, with progress; as many as its description says, or it is refused. */
export async function graphBytes(fetch: Fetch, manifest: Manifest, name: string, tell: (progress: Progress) => void): Promise<Uint8Array> {
  const file = fileOf(manifest, name), url = modelAddress(manifest.id, file), expected = file.bytes
  const response = await answered(fetch, url)
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array(await response.arrayBuffer())
  const bytes = new Uint8Array(expected)
  let done = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (done + next.value.length > expected) throw new Error(`A file of the model is larger than its description says (${url}). Add the model again.`)
    bytes.set(next.value, done)
    done += next.value.length
    // Each one is shown: once for every few megabytes is enough.
    if (done === expected || Math.floor(done / toldEvery) > Math.floor((done - next.value.length) / toldEvery)) tell({ step: 'fetching', done, total: expected })
  }
  if (done !== expected) throw new Error(`A file of the model is cut short (${done} of ${expected} bytes, ${url}). Add the model again.`)
  return bytes
}
