import type { Format } from '../format.ts'
import { readKaldi } from './read.ts'
import { writeKaldi } from './write.ts'

/** Kaldi's data directories (kaldi-asr.org/doc/data_prep.html); docs/speech-formats.md tells what is decided beyond it. */
export const kaldi: Format = {
  id: 'kaldi',
  name: 'Kaldi data directory (segments, text, utt2spk, wav.scp)',
  reads: true,
  writes: true,
  kinds: ['segment', 'item'],
  detect: async (input) => {
    const has = (name: string) => input.files.some((path) => path === name || path.endsWith(`/${name}`))
    return has('utt2spk') && (has('wav.scp') || has('segments') || has('text')) ? 0.95 : has('wav.scp') ? 0.8 : 0
  },
  parse: readKaldi,
  serialize: writeKaldi,
}
