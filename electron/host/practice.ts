import { join } from 'node:path'
import type { HostContext } from './context.ts'

export const practiceFolder = (dataDir: string) => join(dataDir, 'practice')
export async function preparePractice(_context: HostContext, _reset: boolean): Promise<void> {}
