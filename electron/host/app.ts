import type { AppState } from '#shared/contract/api.ts'
import { isProject } from '#electron/storage/projectFolder.ts'
import { authorOf, type HostContext, type Noun } from './context.ts'
import { stateOf } from './projectState.ts'

export function appState(context: HostContext): AppState {
  const { me, recent, settings } = context.preferences.read()
  return {
    version: context.version, me: authorOf(context), nameChosen: context.as !== null || me !== null, settings,
    recent: recent.map((entry) => ({ ...entry, missing: !isProject(entry.path) })),
    open: context.project && stateOf(context), nativeDialogs: context.nativeDialogs,
  }
}

export function appHandlers(context: HostContext): Noun<'app'> {
  return {
    'app.state': () => appState(context),
    'app.setMe'({ name }) {
      context.preferences.change({ me: name })
      context.emit({ kind: 'reload' })
      return appState(context)
    },
    'app.setSettings'({ settings }) {
      const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
      context.preferences.change({ settings: { ...context.preferences.read().settings, ...given } })
      return appState(context)
    },
  }
}
