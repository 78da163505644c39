import '@fontsource-variable/inter'
import './ui/tokens.css'
import './ui/base.css'
import { createRoot } from 'react-dom/client'
import { Frame } from './frame/Frame.tsx'
import { createSession } from './frame/session.ts'
import { connect } from './transport/connect.ts'
import { PrelabelOverlays } from './views/models/PrelabelOverlays.tsx'
import { views } from './views/views.ts'
import { ImportOverlays } from './views/import/ImportOverlays.tsx'
import { ProjectDialogs } from './views/projects/ProjectDialogs.tsx'

const session = createSession(connect())
const home = views.some(({ id }) => id === 'label') ? 'label' : 'projects'

createRoot(document.getElementById('root')!).render(
  <Frame session={session} views={views} home={home}>
    <ProjectDialogs home={home} />
    <ImportOverlays />
    <PrelabelOverlays />
  </Frame>,
)
