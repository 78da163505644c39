import { z } from 'zod'
import { ChangeRequest } from '#shared/model/change.ts'
import type { Diff } from '#shared/model/diff.ts'
import { newChangeId, type AssetId } from '#shared/model/id.ts'
import { messageOf, QuorumError } from '#shared/contract/errors.ts'
import { firstIssue } from '#electron/transport/dispatch.ts'
import { done, type Command } from '../command.ts'
import { withProject } from '../host.ts'
import { linesOf } from '../lines.ts'

/** A line needs a name and a diff; the rest has defaults. */
const Line = z.object({
  ...ChangeRequest.shape,
  id: ChangeRequest.shape.id.default(newChangeId),
  asset: ChangeRequest.shape.asset.optional(),
  intent: ChangeRequest.shape.intent.default({ kind: 'do' }),
  durationMs: ChangeRequest.shape.durationMs.default(null),
})

export const apply: Command = {
  name: 'apply',
  usage: 'quorum apply PROJECT CHANGES.jsonl --as NAME',
  summary: 'Applies named diffs from a file, one transaction each.',
  example: `quorum apply street changes.jsonl --as ada   # {"name":"relabel","diff":{"added":{},"updated":{…},"removed":{}}} a line`,
  options: { as: { type: 'string' } },
  words: [2, 2],
  run: (invocation) =>
    withProject(invocation, 'write', async (host) => {
      const file = invocation.words[1]!
      let line = 0
      let applied = 0
      const rejected: { line: number; message: string }[] = []
      for await (const text of linesOf(file)) {
        line++
        if (text.trim() === '') continue
        try {
          await host.ask('changes.apply', parseLine(text))
          applied++
        } catch (error) {
          if (!(error instanceof QuorumError)) throw error
          if (error.code !== 'invalid-input') throw new QuorumError(error.code, `${file}, line ${line}: ${error.message} The ${applied} changes before it are applied; run the same again afterwards.`, error.detail)
          rejected.push({ line, message: error.message })
        }
        invocation.progress(applied, null, 'changes')
      }
      const problems = rejected.map(({ line: at, message }) => `${file}, line ${at}: ${message}`)
      return done({ applied, rejected }, [`${applied} changes applied, ${rejected.length} refused.`, ...problems], rejected.length > 0 ? 3 : 0)
    }),
}

function parseLine(text: string): ChangeRequest {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new QuorumError('invalid-input', `this is not JSON (${messageOf(error)})`)
  }
  const parsed = Line.safeParse(value)
  if (!parsed.success) throw new QuorumError('invalid-input', firstIssue(parsed.error))
  const { asset, ...change } = parsed.data
  return { ...change, asset: asset === undefined ? itemOf(change.diff) : asset }
}

/** The one item that a diff is about, so that its undo stands where a person looks for it; null for several or none. */
function itemOf({ added, updated, removed }: Diff): AssetId | null {
  const records = [...Object.values(added), ...Object.values(updated).map(([, to]) => to), ...Object.values(removed)]
  const items = new Set(records.map((record) => ('asset' in record ? record.asset : null)))
  const [item, another] = items
  return item && another === undefined ? item : null
}
