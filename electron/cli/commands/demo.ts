import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AssetFilter } from '#shared/contract/api.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import type { Host } from '#electron/host/host.ts'
import { done, type Command, type Invocation } from '../command.ts'
import { withHost } from '../host.ts'
import { runJob } from '../runJob.ts'
import { practiceMedia } from '#electron/host/practice.ts'

interface Step {
  readonly step: string
  readonly figures: Readonly<Record<string, number | string>>
}

export const demo: Command = {
  name: 'demo',
  usage: 'quorum demo OUT',
  summary: 'Does the whole job on the practice project without a window, and prints a line a step with its figure.',
  example: 'quorum demo /tmp/quorum-demo',
  options: { as: { type: 'string' } },
  words: [1, 1],
  run(invocation) {
    const out = resolve(invocation.words[0]!)
    if (existsSync(out)) throw new QuorumError('export-exists', `${out} is there already. Choose a folder that is not.`)
    // A practice project of its own: the person's stays as it is.
    return withHost(invocation, async (host) => {
      const steps: Step[] = []
      const tell = (step: string, figures: Step['figures']) => {
        steps.push({ step, figures })
        invocation.say(lineOf(steps.at(-1)!))
      }
      await imported(host, invocation, out, tell)
      await practised(host, invocation, out, tell)
      return done({ out, steps }, steps.map(lineOf))
    }, out)
  },
}

type Tell = (step: string, figures: Step['figures']) => void

/** A new project with the practice media, as somebody who begins would have it. */
async function imported(host: Host, invocation: Invocation, out: string, tell: Tell): Promise<void> {
  const state = await host.ask('projects.create', { path: join(out, 'project'), name: 'Demo', labels: [] })
  tell('project', { path: state.path })
  const request = { sources: [practiceMedia], mode: 'copied' as const, format: 'media', media: null, layer: null }
  const job = await runJob(host, invocation, () => host.ask('imports.start', request))
  const report = await host.ask('imports.report', { job })
  tell('import', { items: report.assets, remarks: report.issues.length, 'left out': report.skipped })
}

/** The work of the three people of the practice project: models draft, people are compared and brought together, a dispute is decided, all is checked and exported. */
async function practised(host: Host, invocation: Invocation, out: string, tell: Tell): Promise<void> {
  await host.ask('projects.practice', { reset: true })
  const state = await host.ask('projects.state', {})
  tell('annotations', { items: state.assets, ...Object.fromEntries(state.layers.map(({ layer, annotations }) => [layer, annotations])) })
  await drafted(host, invocation, tell)
  await agreed(host, invocation, tell)
  const check = await host.ask('projects.check', { repair: false })
  tell('check', { changes: check.changes, findings: check.findings.length })
  for (const [format, layer] of exports) {
    const request = { format, layer, includeDrafts: false, split: { shares: { train: 0.8, val: 0.2 }, seed: 1, groupBy: null, stratify: false } }
    const job = await runJob(host, invocation, () => host.ask('exports.start', { request, out: join(out, format) }))
    const report = await host.ask('exports.report', { job })
    tell(`export ${format} of ${layer}`, { files: report.files, annotations: report.annotations, 'kinds of loss': report.losses.length })
  }
}

/** What leaves: what a person decided with what nobody disputed, and what the run wrote. */
const exports = [['coco', 'final'], ['yolo-detect', 'consensus'], ['yolo-segment', 'consensus']] as const

/** Boxes on every picture and speech in every sound, as drafts. Where the weights for boxes were not fetched at set-up, the rule does it. */
async function drafted(host: Host, invocation: Invocation, tell: Tell): Promise<void> {
  const { models } = await host.ask('models.list', {})
  const runs = models.some(({ id, problem }) => id === 'nanodet' && problem === null)
  for (const [model, kind] of [[runs ? 'nanodet' : 'rule-boxes', 'image'], ['silero-vad-v6', 'audio']] as const) {
    const job = await runJob(host, invocation, () => host.ask('prelabel.start', { model, assets: null, filter: AssetFilter.parse({ kind }), threshold: null }))
    const { items, drafts, failed, unmapped, perItemMs } = await host.ask('prelabel.report', { job })
    const without = Object.values(unmapped).reduce((sum, count) => sum + count, 0)
    tell(`pre-label with ${model}`, { items, drafts, failed: failed.length, 'without a label': without, 'ms an item': perItemMs === null ? 'no' : Math.round(perItemMs) })
  }
}

/** How far the three agree, one proposal from what they did, and the first of their disputes decided by taking the estimate. */
async function agreed(host: Host, invocation: Invocation, tell: Tell): Promise<void> {
  const { all } = await host.ask('agreement.report', {})
  tell('agreement', { items: all.items, things: all.things, alpha: shown(all.alpha.value), F1: shown(all.f1.value), IoU: shown(all.iou.value) })
  await runJob(host, invocation, () => host.ask('consensus.run', {}))
  const { proposals, settled, asked } = (await host.ask('consensus.summary', {})).summary!
  tell('consensus', { things: proposals, settled, disputes: asked })
  const { rows: [first] } = await host.ask('consensus.disputes', { limit: 1 })
  if (first) {
    const { verdict } = await host.ask('consensus.decide', { asset: first.asset, key: first.key, decision: { kind: 'estimate' } })
    const left = (await host.ask('consensus.summary', {})).summary!.asked
    tell('decide', { [`dispute of ${first.name} (${first.kinds.join(' and ')}) by taking the estimate`]: 1, 'in the layer final': verdict.about.into?.length ?? 0, 'left to settle': left })
  }
  const { annotations, disputed } = await host.ask('consensus.apply', { what: 'settled' })
  tell('apply what is settled', { 'annotations in the layer consensus': annotations, 'disputed and left out': disputed })
}

const shown = (value: number | null) => (value === null ? 'no' : value.toFixed(3))
const lineOf = ({ step, figures }: Step) => `${step}: ${Object.entries(figures).map(([name, value]) => `${value} ${name}`).join(', ')}`
