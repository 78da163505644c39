import type { Manifest } from '../manifest.ts'
import type { OnnxHeader } from './header.ts'
import type { Named } from './names.ts'

/** What a guess about a kind of model adds to what the file says. */
export type Guessed = Pick<Manifest, 'task' | 'input' | 'head' | 'classes' | 'threshold' | 'overlap'> & { sure: boolean, notes: string[] }

/** What guesses look at. */
export interface Clues { readonly header: OnnxHeader; readonly named: Named; readonly fileName: string }
