import { z } from 'zod'
import { AssetId } from './id.ts'

export const MetadataValue = z.union([z.string(), z.number(), z.boolean(), z.null()])
/** Free columns of an item (camera, site, split, speaker …), by name. */
export const Metadata = z.record(z.string().min(1).max(200), MetadataValue)
export type Metadata = z.infer<typeof Metadata>

/** What an import noticed about a file. */
export const AssetFinding = z.enum([
  'near-duplicate', 'tiny', 'huge', 'rotated', 'silent', 'clipped', 'truncated', 'animated', 'not-measured', 'missing-media',
])
export type AssetFinding = z.infer<typeof AssetFinding>

/** `media/…` inside the project, or an absolute path in a folder that the user picked. */
const source = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('copied'), path: z.string().min(1) }),
  z.object({ mode: z.literal('referenced'), path: z.string().min(1) }),
])

const common = {
  type: z.literal('asset'),
  id: AssetId,
  /** SHA-256 of the bytes, 64 hex digits; of the name where the file was never here (finding `missing-media`). */
  hash: z.string().regex(/^[0-9a-f]{64}$/u),
  /** The path relative to what was imported, with `/`; NFC. What a person searches for and an export writes. */
  name: z.string().min(1).max(2000),
  source,
  mime: z.string().min(1),
  bytes: z.int().min(0),
  metadata: Metadata,
  findings: z.array(AssetFinding),
}

/** Width and height in pixels of the upright image; `orientation` is the EXIF value (1–8) of the file itself. */
export const ImageAsset = z.object({
  ...common, kind: z.literal('image'),
  width: z.int().min(1), height: z.int().min(1), orientation: z.int().min(1).max(8),
  /** 64-bit difference hash, 16 hex digits; near-duplicates differ in few bits. */
  perceptualHash: z.string().nullable(),
})
/** Duration in seconds, sample rate in Hz. */
export const AudioAsset = z.object({
  ...common, kind: z.literal('audio'), duration: z.number().min(0), sampleRate: z.number().min(1), channels: z.int().min(1),
})
export const Asset = z.discriminatedUnion('kind', [ImageAsset, AudioAsset])
export type ImageAsset = z.infer<typeof ImageAsset>
export type AudioAsset = z.infer<typeof AudioAsset>
export type Asset = z.infer<typeof Asset>
