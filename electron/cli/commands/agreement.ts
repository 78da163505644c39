import type { Host } from '#electron/host/host.ts'
import { compareItem, tableOf, type ItemComparison } from '#shared/agreement/itemTable.ts'
import { marksOf } from '#shared/agreement/mark.ts'
import {
  agreementByLabel, agreementByPair, agreementByPerson, agreementBySlice, agreementOf, sweep, type AgreementFigures, type Figure,
} from '#shared/agreement/report.ts'
import { done, text, UsageError, type Command, type Invocation } from '../command.ts'
import { withProject } from '../host.ts'

const ways = ['label', 'annotator', 'pair', 'slice'] as const
const page = 500

/** An item's slices: its metadata, as `key=value`. */
type Items = { readonly comparisons: ItemComparison[]; readonly slices: ReadonlyMap<string, readonly string[]> }

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
      const { comparisons, slices } = await readItems(host, invocation)
      const tables = comparisons.map((comparison) => tableOf(comparison, iou))
      const all = agreementOf(tables)
      const groups: (readonly [string, AgreementFigures])[] =
        by === 'label' ? [...agreementByLabel(tables)].map(([id, figures]) => [names.get(id) ?? id, figures] as const)
        : by === 'annotator' ? [...agreementByPerson(tables)]
        : by === 'pair' ? agreementByPair(tables).map(({ first, second, figures }) => [`${first} and ${second}`, figures] as const)
        : by === 'slice' ? [...agreementBySlice(tables, (item) => slices.get(item) ?? [])]
        : []
      const curve = invocation.flags['sweep'] ? sweep(comparisons) : null
      const json = { threshold: iou, ...all, ...(by ? { by, groups: Object.fromEntries(groups) } : {}), ...(curve ? { sweep: curve } : {}) }
      const lines = [
        ...linesOf(all), ...groups.map(([name, { f1, alpha, iou: mean }]) => `${name}: alpha ${shown(alpha)}, F1 ${shown(f1)}, IoU ${shown(mean)}`),
        ...(curve ?? []).map((point) => `at IoU ${point.threshold.toFixed(2)}: alpha ${point.alpha?.toFixed(3) ?? '–'}, F1 ${point.f1?.toFixed(3) ?? '–'}, ${point.things} things`),
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

async function readItems(host: Host, invocation: Invocation): Promise<Items> {
  const comparisons: ItemComparison[] = []
  const slices = new Map<string, readonly string[]>()
  for (let offset = 0, total = 1; offset < total; offset += page) {
    const answer = await host.ask('assets.query', { filter: {}, offset, limit: page })
    total = answer.total
    for (const { id } of answer.rows) {
      const { asset, records } = await host.ask('assets.open', { asset: id })
      const marks = marksOf(records.filter((record) => record.type === 'annotation'))
      const submitters = records.flatMap((record) => (record.type === 'submission' && record.state === 'submitted' ? [record.author] : []))
      comparisons.push(compareItem(id, marks, submitters))
      slices.set(id, Object.entries(asset.metadata).map(([key, value]) => `${key}=${String(value)}`))
    }
    invocation.progress(Math.min(offset + page, total), total, 'items compared')
  }
  return { comparisons, slices }
}

const shown = ({ value, interval }: Figure) => (value === null ? '–' : `${value.toFixed(3)}${interval ? ` (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})` : ''}`)

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
