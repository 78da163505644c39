import { z } from 'zod'
import { ModelTask } from '#shared/contract/prelabel.ts'

const triple = z.tuple([z.number(), z.number(), z.number()])

/** One graph or list that the model needs. `path` is relative to the manifest's folder, or inside `package` where one is named. */
export const ModelFile = z.object({
  /** The part it plays: `model`; `encoder`, `decoder`; `detector`, `recogniser`, `classifier`; `characters`, `tokenizer`. */
  name: z.string().min(1), path: z.string().min(1), package: z.string().optional(),
  bytes: z.int().min(0), /** SHA-256, 64 hex digits. */ hash: z.string().regex(/^[0-9a-f]{64}$/u),
})
export type ModelFile = z.infer<typeof ModelFile>

/** How a picture becomes a tensor: sized, ordered, then `(value · scale − mean) / deviation` a channel (in the order of `channels`). */
export const ImageInput = z.object({
  kind: z.literal('image'),
  /** The graph's input; null: its only one. */
  name: z.string().nullable(),
  layout: z.enum(['nchw', 'nhwc']), channels: z.enum(['rgb', 'bgr', 'grey']), type: z.enum(['float32', 'uint8']),
  size: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('fixed'), width: z.int().min(1), height: z.int().min(1) }),
    /** The picture's own shape: enlarged until the shorter side has `least` pixels where that is given, longest side at most `longest`, each side a multiple of `multipleOf`. */
    z.object({ kind: z.literal('free'), longest: z.int().min(1), multipleOf: z.int().min(1), least: z.int().min(1).optional() }),
    /** A fixed height, the width in proportion: lines of text. */
    z.object({ kind: z.literal('line'), height: z.int().min(1), leastWidth: z.int().min(1), mostWidth: z.int().min(1) }),
  ]),
  /** `letterbox`: in the middle; `top-left`: padded right and below; `stretch`; `crop`: the middle, after the shorter side fits. */
  fit: z.enum(['letterbox', 'top-left', 'stretch', 'crop']),
  /** Padding, in values of the picture (0 … 255). */
  pad: triple, scale: z.number(), mean: triple, deviation: triple,
})
export type ImageInput = z.infer<typeof ImageInput>

/** Sound as the graph wants it: Hz, samples a window. */
export const AudioInput = z.object({ kind: z.literal('audio'), name: z.string().nullable(), sampleRate: z.int().min(1), window: z.int().min(1), context: z.int().min(0) })
export type AudioInput = z.infer<typeof AudioInput>

const names = z.array(z.string())
/**
 * Of a map of probabilities: where it is text; least mean of a line (over its rectangle where absent: PaddleOCR's “fast”, or over its own
 * pixels: “slow”); how far a line grows, area × unclip / perimeter; least side in pixels of the map; whether bent lines become polygons.
 */
const binarisation = {
  binary: z.number(), boxScore: z.number(), scoreMode: z.enum(['fast', 'slow']).optional(), unclip: z.number(), leastSide: z.number(), bent: z.boolean().optional(),
}
/** `beam`: prefixes kept by the beam search; the best path where absent. */
const transcription = { blank: z.int(), space: z.boolean(), activation: z.enum(['none', 'softmax']), beam: z.int().min(1).max(100).optional() }
/** What the graph's outputs mean. Names of outputs are null where the order or the shape tells. */
export const Head = z.discriminatedUnion('kind', [
  /** [1, 4 + C (+ M), N] or its transpose: xywh in input pixels, class scores; YOLO v8–v12 (with M mask coefficients: `yolo-seg`). */
  z.object({ kind: z.literal('yolo'), transposed: z.boolean(), activation: z.enum(['none', 'sigmoid']) }),
  /** [1, N, 5 + C]: xywh, objectness, class scores; YOLO v5–v7. */
  z.object({ kind: z.literal('yolo-objectness'), activation: z.enum(['none', 'sigmoid']) }),
  /** [1, N, 5 + C] on a grid: YOLOX; boxes are decoded with the strides. */
  z.object({ kind: z.literal('yolox'), strides: z.array(z.int().min(1)) }),
  /** [1, N, 6]: x1 y1 x2 y2 score class, no NMS needed; YOLO v10, v26 and other end-to-end exports. [N, 7]: picture x1 y1 x2 y2 class score, as YOLO v7's. */
  z.object({ kind: z.literal('end-to-end'), boxes: z.enum(['xyxy', 'xywh']) }),
  /**
   * Boxes with M mask coefficients, and prototypes [1, M, H, W]. `rows`: `scores` as `yolo`'s (the default); `objectness` as
   * `yolo-objectness`', [1, N, 5 + C + M]; `ranked` as `end-to-end`'s, [1, N, 6 + M].
   */
  z.object({ kind: z.literal('yolo-seg'), transposed: z.boolean(), prototypes: z.string().nullable(), rows: z.enum(['scores', 'objectness', 'ranked']).optional() }),
  /** NanoDet / generalized focal loss: class scores and distance distributions a side, a level a stride (Li et al. 2020, eq. 5). `offset`: ½ in NanoDet, 0 in NanoDet-Plus. `outputs`: scores of every stride, then distances of every stride; or one with both, [1, N, C + 4 · bins]; none: by their shapes. */
  z.object({ kind: z.literal('nanodet'), strides: z.array(z.int().min(1)), bins: z.int(), offset: z.number(), activation: z.enum(['none', 'sigmoid']), outputs: names }),
  /**
   * Boxes [1, N, 4] and scores [1, N, C], both decoded already; `background`: class 0 is nothing. Where `classes` is named, scores are [1, N]
   * beside the class of each, suppression is done, and `count` says how many rows are meant.
   */
  z.object({ kind: z.literal('ssd'), boxes: z.string().nullable(), scores: z.string().nullable(), classes: z.string().nullable(), count: z.string().nullable(), order: z.enum(['xyxy', 'yxyx']), unit: z.enum(['share', 'pixels']), background: z.boolean() }),
  /** DETR / RT-DETR: logits [1, N, C (+ 1)] and boxes [1, N, 4] as shares, cxcywh; or both in one output, [1, N, 4 + C]. `softmax` has "nothing" as its last class. */
  z.object({ kind: z.literal('detr'), logits: z.string().nullable(), boxes: z.string().nullable(), activation: z.enum(['softmax', 'sigmoid', 'none']) }),
  /** A class a pixel: [1, C, H, W] scores, or [1, H, W] classes. Regions smaller than `leastShare` of the picture (default 0.0005) are left out. */
  z.object({ kind: z.literal('semantic'), output: z.string().nullable(), layout: z.enum(['nchw', 'nhwc']), background: z.int().nullable(), leastShare: z.number().min(0).max(1).optional() }),
  /**
   * One mask: [1, 1, H, W] or [1, H, W, 1], probabilities or logits. Pixels of at least `binary` (default 0.5) are inside; parts and holes
   * smaller than `leastShare` of the picture (default 0.0005) are left out.
   */
  z.object({ kind: z.literal('mask'), output: z.string().nullable(), activation: z.enum(['none', 'sigmoid']), binary: z.number().min(0).max(1).optional(), leastShare: z.number().min(0).max(1).optional() }),
  /** Segment Anything: an encoder's embedding, a decoder with points (Kirillov et al. 2023). */
  z.object({ kind: z.literal('sam'), embedding: z.string().nullable(), longest: z.int() }),
  /** [1, C] scores. */
  z.object({ kind: z.literal('classes'), output: z.string().nullable(), activation: z.enum(['none', 'softmax', 'sigmoid']), multiple: z.boolean() }),
  z.object({ kind: z.literal('embedding'), output: z.string().nullable() }),
  /** Differentiable binarization (Liao et al. 2020): a probability map [1, 1, H, W]. */
  z.object({ kind: z.literal('db'), ...binarisation }),
  /** [N, T, K] scores a step; `blank` is its class (Graves et al. 2006); the characters stand in the file `characters`, in order, `space` after them where true. */
  z.object({ kind: z.literal('ctc'), ...transcription }),
  /** Detector (db) then recogniser (ctc), with a classifier of the angle where there is one. */
  z.object({
    kind: z.literal('ocr'), recogniser: ImageInput, classifier: ImageInput.nullable(), ...binarisation, ...transcription,
  }),
  /** Speech probability a window, with a state that is carried on. The rest is Silero's get_speech_timestamps: milliseconds, its defaults where absent. */
  z.object({
    kind: z.literal('vad'), state: z.string(), stateDims: z.array(z.int()), rate: z.string().nullable(), output: z.string().nullable(), nextState: z.string(),
    negativeThreshold: z.number().optional(), minSpeechMs: z.number().optional(), minSilenceMs: z.number().optional(), speechPadMs: z.number().optional(),
    /** Ends are moved to where the sound itself rises and falls, and speech that then stands closer than so many milliseconds is one; not done where absent. */
    settleMs: z.number().min(0).optional(),
  }),
  /** Encoder and decoder with a tokenizer: Whisper, Moonshine. */
  z.object({
    kind: z.literal('seq2seq'), features: z.enum(['log-mel', 'samples']), mels: z.int(), frames: z.int(),
    start: z.array(z.int()), end: z.int(), most: z.int(), suppress: z.array(z.int()), timestamps: z.int().nullable(), tokenizer: z.enum(['bpe', 'wordpiece', 'characters']),
    /** Tokens that may not come first; the token that says there is no speech. */
    suppressFirst: z.array(z.int()).optional(), noSpeech: z.int().optional(),
  }),
])
export type Head = z.infer<typeof Head>
export type HeadOf<Kind extends Head['kind']> = Extract<Head, { kind: Kind }>

/** Everything that running a model takes, apart from its weights. */
export const Manifest = z.object({
  /** The version of this schema. */
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/u, 'must be lower-case letters, digits, dots and dashes'),
  name: z.string().min(1).max(200), version: z.string().max(80), task: ModelTask,
  licence: z.string().min(1), source: z.string().min(1),
  files: z.array(ModelFile), input: z.discriminatedUnion('kind', [ImageInput, AudioInput]), head: Head,
  classes: z.array(z.string().max(200)).max(100_000),
  /** Least score, and the IoU from which two boxes of one class are the same (non-maximum suppression), 0 … 1. */
  threshold: z.number().min(0).max(1), overlap: z.number().min(0).max(1), mostDetections: z.int().min(1).max(10_000),
})
export type Manifest = z.infer<typeof Manifest>

/** What a person may set for a run. */
export const RunSettings = z.object({ threshold: z.number().min(0).max(1), overlap: z.number().min(0).max(1), mostDetections: z.int().min(1).max(10_000) })
export type RunSettings = z.infer<typeof RunSettings>
