import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { LabelSeed } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { LabelListError, readLabelList } from '#shared/formats/labelList.ts'
import { done, text, type Command } from '../command.ts'
import { withHost } from '../host.ts'

export const init: Command = {
  name: 'init',
  usage: 'quorum init PROJECT --name N [--labels labels.json|txt]',
  summary: 'Makes a project in a new or empty folder.',
  example: 'quorum init street --name "Street 2026" --labels labels.txt',
  options: { name: { type: 'string' }, labels: { type: 'string' }, as: { type: 'string' } },
  words: [1, 1],
  run: (invocation) =>
    withHost(invocation, async (host) => {
      const path = resolve(invocation.words[0]!)
      const file = text(invocation, 'labels')
      const labels = file === null ? [] : labelsIn(file)
      const state = await host.ask('projects.create', { path, name: text(invocation, 'name') ?? basename(path), labels })
      return done(
        { project: state.path, id: state.project.id, name: state.project.name, labels: state.labels.map(({ name }) => name) },
        [`Made ${state.project.name} in ${state.path} with ${state.labels.length} labels.`],
      )
    }),
}

function labelsIn(file: string): LabelSeed[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new QuorumError('not-found', `${file} cannot be read. Name a file with a label a line, or a JSON list.`, String(error))
  }
  try {
    const { seeds, repeated } = readLabelList(text)
    if (repeated.length > 0) throw new QuorumError('invalid-input', `${file}: the label "${repeated[0]!}" stands there twice. Keep one.`)
    return seeds
  } catch (error) {
    if (error instanceof LabelListError) throw new QuorumError('invalid-input', `${file}: ${error.message}`)
    throw error
  }
}
