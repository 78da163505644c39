import type { View } from '#renderer/frame/view.ts'
import { ConsensusView } from './consensus/ConsensusView.tsx'
import { ExportView } from './export/ExportView.tsx'
import { AcceptanceView } from './acceptance/AcceptanceView.tsx'
import { LabelView } from './label/LabelView.tsx'
import { ModelsView } from './models/ModelsView.tsx'
import { ProjectsView } from './projects/ProjectsView.tsx'
import { QualityView } from './quality/QualityView.tsx'
import { SchemaView } from './schema/SchemaView.tsx'

/** The views that exist, in the order of the title bar. */
export const views: readonly View[] = [
  { id: 'projects', name: 'Projects', link: true, component: ProjectsView },
  { id: 'label', name: 'Label', link: true, component: LabelView },
  { id: 'consensus', name: 'Consensus', link: true, component: ConsensusView },
  { id: 'quality', name: 'Quality', link: true, component: QualityView },
  { id: 'export', name: 'Export', link: true, component: ExportView },
  { id: 'schema', name: 'Labels', link: false, component: SchemaView },
  { id: 'models', name: 'Models', link: false, component: ModelsView },
  { id: 'acceptance', name: 'How drafts fare', link: false, component: AcceptanceView },
]
