import { answerTasks } from '#electron/jobs/answerTasks.ts'
import { cutClips } from './cutClips.ts'
import { fingerprint } from './fingerprint.ts'
import { makePeaks } from './peaks.ts'
import { render } from './render.ts'
import { soundTile } from './soundTiles.ts'
import { take } from './take.ts'
import type { MediaTasks } from './tasks.ts'

answerTasks<MediaTasks>({ fingerprint, take, render, cut: cutClips, makePeaks, soundTile })
