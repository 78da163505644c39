import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where this machine's Quorum keeps settings and the practice project; QUORUM_DATA_DIR overrides it. */
export function defaultDataDir(): string {
  const chosen = process.env['QUORUM_DATA_DIR']
  if (chosen) return chosen
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Quorum')
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Quorum')
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'quorum')
}
