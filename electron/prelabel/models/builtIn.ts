import type { Manifest } from '#shared/prelabel/manifest.ts'
import { minisam } from './minisam.ts'
import { nanodet } from './nanodet.ts'
import { paddleOcr } from './paddleOcr.ts'
import { selfie } from './selfie.ts'
import { silero } from './silero.ts'

/** The models that come with Quorum, in the order in which they are offered. Files without a `package` were converted at set-up (bin/weights.mjs). */
export const builtInModels: readonly Manifest[] = [nanodet, minisam, paddleOcr, silero, selfie]
