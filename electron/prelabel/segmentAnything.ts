import { QuorumError } from '#shared/contract/errors.ts'
import type { Manifest, ModelFile } from '#shared/prelabel/manifest.ts'
import type { Inspected } from './protocol.ts'

/** Segment Anything's own colours: means and deviations of ImageNet, of 0 … 255 (Kirillov et al. 2023, official code). */
const mean: [number, number, number] = [123.675, 116.28, 103.53], deviation: [number, number, number] = [58.395, 57.12, 57.375]
const side = 1024
const asked = ['image_embeddings', 'point_coords', 'point_labels', 'mask_input', 'has_mask_input', 'orig_im_size']

export interface Graph { readonly file: Omit<ModelFile, 'name'>; readonly seen: Pick<Inspected, 'inputs' | 'outputs'> }

export const isDecoder = ({ seen }: Graph): boolean => seen.inputs.some(({ name }) => name === 'point_coords')

/** The manifest of an encoder and a decoder that lie in one folder, as the official export makes them. Throws in words where they are something else. */
export function segmentAnything(name: string, encoder: Graph, decoder: Graph): { manifest: Manifest; notes: string[] } {
  const given = new Set(decoder.seen.inputs.map((port) => port.name))
  const missing = asked.filter((input) => !given.has(input))
  if (missing.length > 0) throw new QuorumError('unsupported', `${decoder.file.path} is a decoder without the inputs ${missing.join(', ')}, and cannot be used here. Export it as Segment Anything's own script does.`)
  const [picture] = encoder.seen.inputs
  if (!picture || picture.dims.length !== 4) throw new QuorumError('unsupported', `${encoder.file.path} should take pictures as [1, 3, height, width], and takes [${picture?.dims.map((dim) => dim ?? '?').join(', ') ?? ''}].`)
  const layout = picture.dims[3] === 3 ? 'nhwc' as const : 'nchw' as const
  const width = picture.dims[layout === 'nchw' ? 3 : 2]
  const longest = typeof width === 'number' && width > 0 ? width : side
  const title = name.slice(0, 200) || 'segmenter'
  const manifest: Manifest = {
    schema: 1, id: title.toLowerCase().replaceAll(/[^a-z0-9._-]+/gu, '-').replace(/^[^a-z0-9]+/u, '').slice(0, 80) || 'segmenter', name: title, version: '1', task: 'prompt-segment', licence: 'unknown', source: 'unknown',
    files: [{ ...encoder.file, name: 'encoder' }, { ...decoder.file, name: 'decoder' }],
    input: { kind: 'image', name: picture.name, layout, channels: 'rgb', type: picture.type === 'uint8' ? 'uint8' : 'float32', size: { kind: 'fixed', width: longest, height: longest }, fit: 'top-left', pad: mean, scale: 1, mean, deviation },
    head: { kind: 'sam', embedding: null, longest }, classes: [], threshold: 0.5, overlap: 0.7, mostDetections: 1,
  }
  return { manifest, notes: [`${encoder.file.path} was taken as the encoder and ${decoder.file.path} as the decoder of a Segment Anything model, with its own colours (values 0 … 255, means and deviations of ImageNet) at ${longest} × ${longest}.`] }
}
