import { useEffect, useState } from 'react'
import { useSession } from '#renderer/frame/context.tsx'
import type { Session } from '#renderer/frame/session.ts'
import './import.css'
import { words } from './words.ts'

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true

/** Paths of dropped files on the host's machine: known in Electron, else the bytes are sent there. */
async function pathsOf(session: Session, files: File[]): Promise<readonly string[] | null> {
  const paths = files.map((file) => session.client.pathOf(file))
  if (paths.every((path) => path !== null)) return paths
  session.toast({ tone: 'neutral', text: words.sending(files.length) })
  return session.attempt(() => session.client.upload(files))
}

async function dropped(session: Session, files: File[]) {
  const { app, overlay } = session.store.getState()
  if (app?.open == null) return session.toast({ tone: 'attention', text: words.noProject })
  const paths = await pathsOf(session, files)
  const before = overlay?.kind === 'import' ? overlay.sources : []
  if (paths !== null && paths.length > 0) session.show({ kind: 'import', sources: [...new Set([...before, ...paths])] })
}

/** Files from outside may be dropped anywhere in the window. */
export function DropZone() {
  const session = useSession()
  const [over, setOver] = useState(false)
  useEffect(() => {
    const listening = new AbortController()
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void) => addEventListener(type, listener, { signal: listening.signal })
    on('dragenter', (event) => { if (holdsFiles(event)) setOver(true) })
    on('dragover', (event) => { if (holdsFiles(event)) event.preventDefault() })
    on('dragleave', (event) => { if (event.relatedTarget === null) setOver(false) })
    on('drop', (event) => {
      setOver(false)
      if (!holdsFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      void dropped(session, [...(event.dataTransfer?.files ?? [])])
    })
    return () => listening.abort()
  }, [session])
  return over ? <div className="import__drop" aria-hidden="true"><strong>{words.drop}</strong>{words.dropHint}</div> : null
}
