import type { AgreementFigures, AgreementReport, Figure } from '#shared/contract/agreement.ts'
import { done, text, UsageError, type Command, type Invocation } from '../command.ts'
import { withProject } from '../host.ts'

const ways = ['label', 'annotator', 'pair', 'slice'] as const
type Way = (typeof ways)[number]

export const agreement: Command = {
  name: 'agreement',
  usage: `quorum agreement PROJECT [--iou 0.5] [--by ${ways.join('|')}] [--sweep]`,
  summary: 'How far the people of a project agree on what they marked, chance taken out, with intervals over items.',
  example: 'quorum agreement street --by label --sweep',
  options: { iou: { type: 'string' }, by: { type: 'string' }, sweep: { type: 'boolean' } },
  words: [1, 1],
  run(invocation) {
    const iou = thresholdOf(invocation)
    const by = ways.find((way) => way === text(invocation, 'by')) ?? null
    if (by === null && text(invocation, 'by') !== null) throw new UsageError(`--by ${text(invocation, 'by')}: choose from ${ways.join(', ')}.`)
    return withProject(invocation, 'read', async (host) => {
      const names = new Map((await host.ask('projects.state', {})).labels.map(({ id, name }): [string, string] => [id, name]))
      const report = await host.ask('agreement.report', { iou, by: [...(by ? [by] : []), ...(invocation.flags['sweep'] ? ['sweep' as const] : [])] })
      const { all, sweep: curve } = report
      const groups = by === null ? [] : groupsOf(report, by, names)
      const json = { threshold: iou, ...all, ...(by ? { by, groups: Object.fromEntries(groups) } : {}), ...(curve ? { sweep: curve } : {}) }
      const lines = [
        ...linesOf(all), ...groups.map(([name, { f1, alpha, iou: mean }]) => `${name}: alpha ${shown(alpha)}, F1 ${shown(f1)}, IoU ${shown(mean)}`),
        ...(curve ?? []).map(sweepLine),
      ]
      return done(json, lines, all.alpha.value === null ? 3 : 0)
    })
  },
}

function thresholdOf(invocation: Invocation): number {
  const given = text(invocation, 'iou') ?? '0.5'
  const iou = Number(given)
  if (!(iou > 0 && iou <= 1)) throw new UsageError(`--iou takes a number above 0 and up to 1, not "${given}".`)
  return iou
}

function groupsOf(report: AgreementReport, by: Way, names: ReadonlyMap<string, string>): (readonly [string, AgreementFigures])[] {
  if (by === 'label') return report.labels!.map(({ label, figures }) => [names.get(label) ?? label, figures])
  if (by === 'annotator') return report.annotators!.map(({ person, figures }) => [person, figures])
  if (by === 'pair') return report.pairs!.map(({ first, second, figures }) => [`${first} and ${second}`, figures])
  return report.slices!.map(({ slice, figures }) => [slice, figures])
}

const between = (interval: Figure['interval']) => (interval ? ` (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})` : '')

function shown({ value, interval, items }: Figure): string {
  if (value === null) return '–'
  return `${value.toFixed(3)}${interval ? between(interval) : items < 2 ? ' (one item, so no interval)' : ' (no interval)'}`
}

function sweepLine({ threshold, things, intervals, ...values }: NonNullable<AgreementReport['sweep']>[number]): string {
  const figure = (name: 'alpha' | 'f1' | 'iou') => (values[name] === null ? '–' : `${values[name].toFixed(3)}${between(intervals[name])}`)
  return `at IoU ${threshold.toFixed(2)}: alpha ${figure('alpha')}, F1 ${figure('f1')}, mean IoU ${figure('iou')}, ${things} things`
}

function linesOf(all: AgreementFigures): string[] {
  const figures = [
    ['alpha, missing counted', all.alpha], ['alpha of labels', all.labelAlpha], ['F1', all.f1], ['F1 of place', all.placeF1],
    ['mean IoU', all.iou], ['boundary F', all.boundary], ['WER', all.wer], ['CER', all.cer],
  ] as const
  return [
    `${all.items} items that two people did, ${all.things} things: ${all.alone} seen by one person, ${all.otherName} under different labels`,
    ...figures.map(([name, figure]) => `${name}: ${figure.value === null ? figure.reason : `${shown(figure)}, n ${figure.n}`}`),
  ]
}
