import type { Manifest } from '#shared/prelabel/manifest.ts'
import { sileroVad } from '#shared/prelabel/audio/sileroVad.ts'
import { paddleOcr } from '#shared/prelabel/text/paddleOcr.ts'
import { minisam } from './minisam.ts'
import { nanodet } from './nanodet.ts'
import { selfie } from './selfie.ts'

/** The models that come with Quorum, in the order in which they are offered. Files without a `package` were converted at set-up (bin/weights.mjs). */
export const builtInModels: readonly Manifest[] = [nanodet, minisam, paddleOcr, sileroVad, selfie]
