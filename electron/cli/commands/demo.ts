import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
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

/** The work of the three people of the practice project: compared, brought together, checked and exported. */
async function practised(host: Host, invocation: Invocation, out: string, tell: Tell): Promise<void> {
  await host.ask('projects.practice', { reset: true })
  const state = await host.ask('projects.state', {})
  tell('annotations', { items: state.assets, ...Object.fromEntries(state.layers.map(({ layer, annotations }) => [layer, annotations])) })
  await agreed(host, invocation, tell)
  const check = await host.ask('projects.check', { repair: false })
  tell('check', { changes: check.changes, findings: check.findings.length })
  for (const format of ['coco', 'yolo-detect', 'yolo-segment']) {
    const request = { format, layer: 'consensus', includeDrafts: false, split: { shares: { train: 0.8, val: 0.2 }, seed: 1, groupBy: null, stratify: false } }
    const job = await runJob(host, invocation, () => host.ask('exports.start', { request, out: join(out, format) }))
    const report = await host.ask('exports.report', { job })
    tell(`export ${format}`, { files: report.files, annotations: report.annotations, 'kinds of loss': report.losses.length })
  }
}

/** How far the three agree, and one proposal from what they did. */
async function agreed(host: Host, invocation: Invocation, tell: Tell): Promise<void> {
  const { all } = await host.ask('agreement.report', {})
  tell('agreement', { items: all.items, things: all.things, alpha: shown(all.alpha.value), F1: shown(all.f1.value), IoU: shown(all.iou.value) })
  await runJob(host, invocation, () => host.ask('consensus.run', {}))
  const { proposals, settled, asked } = (await host.ask('consensus.summary', {})).summary!
  tell('consensus', { things: proposals, settled, disputes: asked })
  const { annotations, change } = await host.ask('consensus.apply', { what: 'all' })
  tell('apply', { annotations, changes: change === null ? 0 : 1 })
}

const shown = (value: number | null) => (value === null ? 'no' : value.toFixed(3))
const lineOf = ({ step, figures }: Step) => `${step}: ${Object.entries(figures).map(([name, value]) => `${value} ${name}`).join(', ')}`
