/** Pixels of the upright picture: RGB, 8 bits, interleaved, `width * height * 3` bytes. */
export interface Picture { readonly width: number; readonly height: number; readonly data: Uint8Array | Uint8ClampedArray }

/**
 * What a model looks at or listens to. A picture may come already shrunk (decoders do that cheaply): `width` and `height` are then
 * the item's own, in whose pixels every prediction is given.
 */
export type Sample =
  | { readonly kind: 'image'; readonly picture: Picture; readonly width: number; readonly height: number }
  /** One channel, -1 … 1. */
  | { readonly kind: 'audio'; readonly samples: Float32Array; readonly sampleRate: number }
export type ImageSample = Extract<Sample, { kind: 'image' }>
export type AudioSample = Extract<Sample, { kind: 'audio' }>
