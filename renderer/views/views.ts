import type { View } from '#renderer/frame/view.ts'
import { ExportView } from './export/ExportView.tsx'
import { AcceptanceView } from './acceptance/AcceptanceView.tsx'
import { LabelView } from './label/LabelView.tsx'
import { ModelsView } from './models/ModelsView.tsx'
import { ProjectsView } from './projects/ProjectsView.tsx'
import { SchemaView } from './schema/SchemaView.tsx'

/** The views that exist, in the order of the title bar. */
export const views: readonly View[] = [
  { id: 'projects', name: 'Projects', link: true, component: ProjectsView },
  { id: 'label', name: 'Label', link: true, component: LabelView },
  { id: 'export', name: 'Export', link: true, component: ExportView },
  { id: 'schema', name: 'Labels', link: false, component: SchemaView },
  { id: 'models', name: 'Models', link: false, component: ModelsView },
  { id: 'acceptance', name: 'How drafts fare', link: false, component: AcceptanceView },
]
