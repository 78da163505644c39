import type { Manifest } from '../manifest.ts'

/** Silero VAD v6: where somebody speaks. */
export const sileroVad: Manifest = {
  schema: 1, id: 'silero-vad-v6', name: 'Silero VAD', version: '6', task: 'voice-activity',
  licence: 'MIT (Silero); the package says ISC', source: 'npm @ricky0123/vad-web 0.0.31',
  files: [{
    name: 'model', package: '@ricky0123/vad-web', path: 'dist/silero_vad_v6.onnx', bytes: 2_327_524,
    hash: '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3',
  }],
  input: { kind: 'audio', name: 'input', sampleRate: 16_000, window: 512, context: 64 },
  // No padding and short silences, as the ends are then looked for in the sound: boundaries 85 ms late become 8 ms early (docs/prelabel.md).
  head: {
    kind: 'vad', state: 'state', stateDims: [2, 1, 128], rate: 'sr', output: 'output', nextState: 'stateN',
    negativeThreshold: 0.5, minSilenceMs: 64, speechPadMs: 0, settleMs: 130,
  },
  classes: ['speech'], threshold: 0.5, overlap: 1, mostDetections: 10_000,
}
