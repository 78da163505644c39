import { defaultWriting, type NormalisationForm, type Writing } from '#shared/model/writing.ts'
import type { Project } from '#shared/model/project.ts'
import { glossaryText, parseGlossary } from '#shared/text/glossaryText.ts'
import { textRules } from '#shared/text/rules.ts'
import { TextArea, TextField } from '#renderer/ui/Field.tsx'
import { Checkbox } from '#renderer/ui/Choice.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { dictionaryLanguages } from '#renderer/writing/dictionaries.ts'
import { writingWords as words } from './writingWords.ts'

interface Props {
  readonly project: Project
  readonly disabled: boolean
  readonly onEdit: (name: string, changed: Partial<Project>) => void
}

const forms: readonly NormalisationForm[] = ['NFC', 'NFKC', 'none']

/** How text is written in this project: its normal form, its own characters, its names, its rules. */
export function WritingSettings({ project, disabled, onEdit }: Props) {
  const writing = project.writing ?? defaultWriting
  const put = (part: Partial<Writing>) => onEdit(words.change, { writing: { ...writing, ...part } })
  const chosen = (id: Writing['rules'][number], on: boolean) => {
    const not = textRules.find((rule) => rule.id === id)?.not ?? []
    put({ rules: on ? [...writing.rules.filter((rule) => !not.includes(rule)), id] : writing.rules.filter((rule) => rule !== id) })
  }
  return (
    <section className="projects__form" aria-label={words.title}>
      <h2>{words.title}</h2>
      <div className="projects__pair">
        <TextField label={words.language} hint={words.languageHint(dictionaryLanguages)} value={writing.language ?? ''} disabled={disabled} onCommit={(language) => put({ language: language.trim() === '' ? null : language.trim() })} />
        <Select label={words.form} hint={words.formHint} value={writing.normalisation} disabled={disabled} onChange={(normalisation) => put({ normalisation })} options={forms.map((value) => ({ value, label: words.forms[value] }))} />
      </div>
      <TextField label={words.keys} dir="ltr" hint={words.keysHint} value={writing.keys.join(' ')} disabled={disabled} onCommit={(keys) => put({ keys: keys.split(/\s+/u).filter((key) => key !== '').map((key) => key.slice(0, 20)).slice(0, 200) })} />
      <TextArea label={words.glossary} hint={words.glossaryHint} rows={6} value={glossaryText(writing.glossary)} disabled={disabled} onCommit={(text) => put({ glossary: parseGlossary(text).slice(0, 20_000) })} />
      <fieldset className="projects__rules">
        <legend>{words.rules}</legend>
        {textRules.map(({ id, name, wrong, right }) => (
          <div key={id} className="projects__rule">
            <Checkbox label={name} checked={writing.rules.includes(id)} disabled={disabled} onChange={(on) => chosen(id, on)} />
            <span className="q-muted q-small"><s>{wrong.replaceAll('  ', ' \u00a0')}</s> → {right}</span>
          </div>
        ))}
      </fieldset>
    </section>
  )
}
