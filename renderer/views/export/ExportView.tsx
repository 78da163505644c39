import { FileOutput } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { FormatRow, ProjectState } from '#shared/contract/api.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState, Notice, SkeletonRows } from '#renderer/ui/Feedback.tsx'
import { TextField } from '#renderer/ui/Field.tsx'
import { useProject, useSession } from '#renderer/frame/context.tsx'
import { PathField } from '#renderer/frame/PathField.tsx'
import { fileNameFrom, joinPath } from '#renderer/frame/paths.ts'
import { goTo } from '#renderer/frame/route.ts'
import './export.css'
import { ExportForm } from './ExportForm.tsx'
import { Plan, usePlan } from './Plan.tsx'
import { firstChoices, requestOf, type Choices } from './request.ts'
import { useExportJob } from './useExportJob.ts'
import { words } from './words.ts'

/** From annotations to a training folder; what a format cannot hold is said before anything is written. */
export function ExportView() {
  const open = useProject()
  const formats = useWriters()
  if (open === null) return <EmptyState icon={<FileOutput />} title={words.noProject} actions={<Button tone="primary" onClick={() => goTo('projects')}>{words.projects}</Button>}>{words.noProjectHint}</EmptyState>
  if (formats === null) return <div className="export__plan"><SkeletonRows label={words.loading} /></div>
  return <Export key={open.path} open={open} formats={formats} />
}

function useWriters(): readonly FormatRow[] | null {
  const session = useSession()
  const [formats, setFormats] = useState<readonly FormatRow[] | null>(null)
  useEffect(() => {
    void session.attempt(() => session.client.call('formats.list', {})).then((answer) => setFormats(answer?.formats.filter(({ writes }) => writes) ?? []))
  }, [session])
  return formats
}

function Export({ open, formats }: { readonly open: ProjectState; readonly formats: readonly FormatRow[] }) {
  const [choices, setChoices] = useState<Choices>(() => firstChoices(formats[0]?.id ?? 'coco'))
  const request = requestOf(choices)
  const plan = usePlan(request, open.revision)
  return (
    <div className="export">
      <section className="export__form" aria-label={words.title}>
        <div className="export__fields"><h2>{words.title}</h2><ExportForm choices={choices} onChange={setChoices} formats={formats} layers={open.layers} /></div>
        <Start key={choices.format} open={open} choices={choices} empty={plan.report !== null && plan.report.files === 0} />
      </section>
      <section className="export__plan" aria-label={words.plan}><Plan {...plan} /></section>
    </div>
  )
}

function Start({ open, choices, empty }: { readonly open: ProjectState; readonly choices: Choices; readonly empty: boolean }) {
  const [folder, setFolder] = useState(() => localStorage.getItem('export-folder') ?? '')
  const [name, setName] = useState(() => `${fileNameFrom(open.project.name)}-${choices.format}`)
  const [tried, setTried] = useState(false)
  const job = useExportJob()
  const request = requestOf(choices)
  const start = () => {
    setTried(true)
    if (folder.trim() === '' || name.trim() === '' || request === null) return
    localStorage.setItem('export-folder', folder)
    void job.start(request, joinPath(folder.trim(), name.trim()))
  }
  return (
    <div className="export__start">
      <PathField label={words.folder} hint={words.folderHint} what="new-folder" error={tried && folder.trim() === '' ? words.missing : null} value={folder} onChange={setFolder} />
      <TextField label={words.name} value={name} onChange={setName} error={tried && name.trim() === '' ? words.missing : null} />
      <Button tone="primary" disabled={job.running || request === null || empty} onClick={start}>{job.running ? words.starting : words.start}</Button>
      {job.result === null ? null : <Notice tone={job.result.tone}>{job.result.text}</Notice>}
    </div>
  )
}
