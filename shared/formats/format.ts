import type { z } from 'zod'
import type { Loss } from '#shared/contract/exporting.ts'
import type { Bounds } from '#shared/geometry/point.ts'
import type { Annotation } from '#shared/model/annotation.ts'
import type { Asset, Metadata } from '#shared/model/asset.ts'
import type { Geometry, GeometryKind, Segment } from '#shared/model/geometry.ts'
import type { AssetId } from '#shared/model/id.ts'
import type { Label } from '#shared/model/label.ts'
import type { ImportProvenance } from '#shared/model/provenance.ts'
import type { Relation } from '#shared/model/relation.ts'
import type { Tier } from '#shared/model/tier.ts'

export type Json = z.core.util.JSONType

/** What a format reads from: paths relative to what was imported, with `/`. A single file is a list of one. */
export interface FormatInput {
  /** Every file under the source, media included, in code-unit order. */
  readonly files: readonly string[]
  /** UTF-8, a byte order mark taken off. Rejects when the file cannot be read. */
  readText(path: string): Promise<string>
  readBytes(path: string): Promise<Uint8Array>
  /** At most the first `bytes` bytes, for telling formats apart without reading 300 MB. */
  readHead(path: string, bytes: number): Promise<Uint8Array>
}

/** A geometry whose tier, if it has one, is named instead of identified. */
export type ParsedGeometry = Exclude<Geometry, Segment> | (Omit<Segment, 'tier'> & { tier: string })

/**
 * An annotation as a file holds it: no ids, asset, layer or author; its label by name. Attributes are by name.
 * What our model has no place for stands in `provenance.extra`, so that a round trip loses nothing.
 */
export type ParsedAnnotation = Pick<Annotation, 'attributes' | 'text' | 'direction' | 'language' | 'order' | 'flags' | 'draft'> & {
  /** The name of one of `Parsed.labels`. */
  label: string | null
  geometry: ParsedGeometry
  /** Annotations of one item with the same group are one object; unique within the parse, whichever file it stands in. */
  group: string | null
  provenance: ImportProvenance
}

/** A class as a file names it. Attribute ids are the attributes' names. */
export type ParsedLabel = Pick<Label, 'name' | 'parent' | 'externalId' | 'keypoints' | 'attributes'> & { color: string | null }

export interface ParsedItem {
  /**
   * The picture or recording as the file writes it (`train2017/000001.jpg`). `exact: false`: its ending is not known
   * (YOLO), match by the path without its ending.
   */
  media: { path: string; exact: boolean }
  /** The file that speaks of it and the place in it, for messages. */
  source: { file: string; place: string }
  /** Pixels, if the file says so. */
  width: number | null
  height: number | null
  /** `fraction`: coordinates are shares of the picture's width and height; see `inPixels`. */
  units: 'pixel' | 'fraction'
  /** The split that the file or its folder names (`train`). */
  split: string | null
  metadata: Metadata
  annotations: ParsedAnnotation[]
  /** Relations by index into `annotations`. */
  relations: { name: string; from: number; to: number }[]
}

/** A row (or a file) that was not taken in; everything else was. `place` is `line 12` or `annotations[41].bbox`. */
export interface Rejected {
  file: string
  place: string
  /** Stable: `not-json`, `wrong-type`, `not-finite`, `missing-image`, `missing-category`, `duplicate-id`, `unknown-class`, … */
  code: string
  message: string
}

export interface Parsed {
  labels: ParsedLabel[]
  /** `parent`: the name of the tier that it depends on. */
  tiers: (Pick<Tier, 'name' | 'constraint' | 'points' | 'overlap'> & { parent?: string | null })[]
  items: ParsedItem[]
  failed: Rejected[]
  /** What was taken in otherwise than it was written, in the same form; nothing was lost. */
  notes: Rejected[]
  /** What the source says of itself as a whole and our model has no place for (COCO's info), by file. */
  extra: Record<string, Json>
}

export interface SnapshotItem {
  asset: Asset
  annotations: readonly Annotation[]
  relations: readonly Relation[]
  split: string | null
}

/** What leaves: one layer's annotations of every item. */
export interface Snapshot {
  labels: readonly Label[]
  tiers: readonly Tier[]
  items: readonly SnapshotItem[]
}

export interface WrittenFile {
  /** Relative to the export's folder, with `/`. */
  path: string
  content: string | Uint8Array
}

export interface WrittenMedia {
  asset: AssetId
  path: string
  /** The file's EXIF orientation is not 1: its pixels are to be written upright. */
  bakeOrientation: boolean
}

/** One annotation as it was written, taken from the model and not from the file: what a reader must find there. */
export interface WrittenShape {
  /** Null where the format has no labels, or the annotation none. */
  label: string | null
  /** Left out where the format writes the text otherwise than the model has it, or not at all. */
  text?: string | null
  /** Pixels of the upright picture. */
  bounds: Bounds
  /** How far each side may be off, in pixels. */
  tolerance: number
}

/** One segment as it was written, in seconds: what a reader must find there. */
export interface WrittenSegment {
  start: number
  end: number
  /** How far each end may be off, in seconds. */
  tolerance: number
  /** Null where the format writes the text otherwise than the model has it. */
  text: string | null
}

/** A stretch of a recording as a recording of its own (WAV), cut at the nearest samples without any loss. */
export interface WrittenClip {
  asset: AssetId
  path: string
  /** Ticks of `rate`. */
  start: number
  end: number
  rate: number
}

/** What `serialize` would write. The same snapshot gives the same bytes, whatever the order of its records. */
export interface Serialized {
  files: Iterable<WrittenFile>
  media: WrittenMedia[]
  losses: Loss[]
  /** The annotations that stand in `files`, changed or not. */
  annotations: number
  /** The shapes that must be found again at each media path, for the check after writing. */
  proof: ReadonlyMap<string, readonly WrittenShape[]>
  /** The same for recordings: the segments that must be found again at each media path without its ending. */
  segments?: ReadonlyMap<string, readonly WrittenSegment[]>
  clips?: readonly WrittenClip[]
  /** The texts of recordings and clips as a whole that must be found again at each path. */
  texts?: ReadonlyMap<string, readonly string[]>
}

export interface Format {
  id: string
  /** For a person: "COCO (instances, keypoints)". */
  name: string
  reads: boolean
  writes: boolean
  /** The kinds that it holds without a loss. */
  kinds: readonly GeometryKind[]
  /** How sure it is that the input is its own: 0 no, 1 certain. Reads heads only. */
  detect(input: FormatInput): Promise<number>
  /** Row by row: one bad row is a `failed` entry, the rest is read. Rejects only when the source cannot be read at all. */
  parse(input: FormatInput): Promise<Parsed>
  serialize(snapshot: Snapshot): Serialized
}
