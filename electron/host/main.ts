import { serveChild } from '#electron/transport/child.ts'
import { version } from '#electron/version.ts'
import { defaultDataDir } from './dataDir.ts'
import { createHost } from './host.ts'

// The host as a child process of the window's main process.
serveChild(createHost({ dataDir: defaultDataDir(), version, nativeDialogs: true }))
