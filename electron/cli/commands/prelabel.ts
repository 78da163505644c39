import { resolve } from 'node:path'
import type { Input } from '#shared/contract/api.ts'
import type { PrelabelReport } from '#shared/contract/prelabel.ts'
import type { Host } from '#electron/host/host.ts'
import { done, text, UsageError, whole, type Command, type Invocation, type Outcome } from '../command.ts'
import { parseFilter } from '../filter.ts'
import { withSharedProject } from '../host.ts'
import { runJob } from '../runJob.ts'

export const prelabel: Command = {
  name: 'prelabel',
  usage: 'quorum prelabel PROJECT --model ID [--where FILTER] [--threshold X] [--overlap X] [--labels-from-classes] [--shard I/N] [--threads N] [--resume] [--out FILE] [--as NAME]   or   quorum prelabel PROJECT --from FILE …',
  summary: 'Lets a model draft annotations. What it drafted before with the same settings is passed over, so that a run that was stopped goes on. Runs go side by side on one project, also while a window has it open; --out writes drafts into a file, which --from brings in where the project is.',
  example: 'quorum prelabel street --model nanodet --where kind=image,status=untouched --threshold 0.5',
  options: {
    model: { type: 'string' }, where: { type: 'string' }, threshold: { type: 'string' }, overlap: { type: 'string' }, shard: { type: 'string' }, threads: { type: 'string' },
    'labels-from-classes': { type: 'boolean' }, resume: { type: 'boolean' }, out: { type: 'string' }, from: { type: 'string', multiple: true }, as: { type: 'string' },
  },
  words: [1, 10_000],
  async run(invocation) {
    const files = filesOf(invocation)
    if (files !== null) return broughtIn(invocation, files)
    if (invocation.words.length > 1) throw new UsageError(`"quorum prelabel" takes one project, not ${invocation.words.length} words; files of drafts come after --from.`)
    const model = text(invocation, 'model')
    if (model === null) throw new UsageError('--model is missing; "quorum models" lists what there is.')
    const share = { threshold: shareOf(invocation, 'threshold'), overlap: shareOf(invocation, 'overlap'), shard: shardOf(invocation) }
    const out = text(invocation, 'out')
    limitThreads(invocation)
    return withSharedProject(invocation, out === null ? { kind: 'hand-over' } : { kind: 'file', path: resolve(out) }, async (host) => {
      const job = await runJob(host, invocation, async () => {
        const { job: stopped } = goesOn(invocation) ? await host.ask('prelabel.stopped', { model }) : { job: null }
        return stopped === null ? host.ask('prelabel.start', await requestOf(host, invocation, model, share)) : host.ask('jobs.resume', { job: stopped })
      })
      return outcomeOf(await host.ask('prelabel.report', { job }), host)
    })
  },
}

/** The process that runs the model reads it from its surroundings. */
function limitThreads(invocation: Invocation): void {
  const threads = whole(invocation, 'threads')
  if (threads === null) return
  if (threads < 1) throw new UsageError(`--threads takes a number from 1, not ${threads}.`)
  process.env['QUORUM_MODEL_THREADS'] = String(threads)
}

/** The files of drafts to bring in: those of `--from`, and the words after the project. Null where a model is to run. */
function filesOf({ flags, words: [, ...rest] }: Invocation): string[] | null {
  const from = flags['from']
  if (!Array.isArray(from)) return null
  const other = Object.keys(flags).find((flag) => !['from', 'json', 'verbose'].includes(flag))
  if (other !== undefined) throw new UsageError(`--${other} does not go with --from: the files say which model, which settings and who asked.`)
  return [...from.map(String), ...rest].map((path) => resolve(path))
}

const broughtIn = (invocation: Invocation, paths: string[]) => withSharedProject(invocation, { kind: 'hand-over' }, async (host) => {
  const job = await runJob(host, invocation, () => host.ask('prelabel.bringIn', { paths }))
  return outcomeOf(await host.ask('prelabel.report', { job }), host)
})

type Share = Pick<Input<'prelabel.start'>, 'threshold' | 'overlap' | 'shard'>

async function requestOf(host: Host, invocation: Invocation, model: string, share: Share): Promise<Input<'prelabel.start'>> {
  const where = text(invocation, 'where')
  const filter = where === null ? null : parseFilter(where, await host.ask('projects.state', {}))
  return { model, assets: null, filter, makeLabels: invocation.flags['labels-from-classes'] === true, ...share }
}

/** Whether the stopped run is meant: it has its own settings and items, so where others are asked for a new one is begun, which does what is left. */
const goesOn = ({ flags }: Invocation): boolean => flags['resume'] === true && ['threshold', 'overlap', 'where', 'shard'].every((flag) => flags[flag] === undefined)

function shareOf(invocation: Invocation, flag: string): number | null {
  const given = text(invocation, flag)
  if (given === null) return null
  const value = Number(given)
  if (given.trim() === '' || !(value >= 0 && value <= 1)) throw new UsageError(`--${flag} takes a number from 0 to 1, not "${given}".`)
  return value
}

function shardOf(invocation: Invocation): { index: number; of: number } | null {
  const given = text(invocation, 'shard')
  if (given === null) return null
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/u.exec(given) ?? []
  if (index === undefined || Number(index) < 1 || Number(index) > Number(of)) throw new UsageError(`--shard takes a share like 2/5 (the second of five), not "${given}".`)
  return { index: Number(index), of: Number(of) }
}

const shown = 20

/** `12 left out: submitted; 3 left out: file missing.` */
const leftOutLine = ({ submitted, missing }: PrelabelReport['leftOut']) =>
  `${[...(submitted > 0 ? [`${submitted} left out: submitted (--where kind=… takes them in)`] : []), ...(missing > 0 ? [`${missing} left out: file missing ("quorum check" names them)`] : [])].join('; ')}.`

/** Exit 3 where items failed, classes had no label, or drafts are not in the project yet. */
async function outcomeOf(report: PrelabelReport, host: Host): Promise<Outcome> {
  const { model, items, drafts, failed, skipped, leftOut, waiting, unmapped, notes, perItemMs } = report
  const { labels } = await host.ask('projects.state', {})
  const without = Object.entries(unmapped).toSorted(([, a], [, b]) => b - a)
  const lines = [
    `${model}: ${items} items, ${drafts} drafts, ${skipped} passed over, ${failed.length} failed${perItemMs === null ? '' : `; ${Math.round(perItemMs)} ms an item`}.`,
    ...(leftOut.submitted + leftOut.missing > 0 ? [leftOutLine(leftOut)] : []),
    ...(items === 0 ? ['Nothing here is for it: it takes items of its kind, with a file, that nobody has submitted, or those that --where names.'] : []),
    ...(waiting > 0 ? [`${waiting === 1 ? '1 item waits' : `${waiting} items wait`} to be brought in, because another program has the project open: it does so itself, or the next "quorum prelabel" does when that is closed. Nothing is lost.`] : []),
    ...notes,
    ...(without.length > 0 ? [`No label for ${without.slice(0, shown).map(([name, count]) => `${name} (${count})`).join(', ')}. ${labels.length === 0 ? 'The project has no labels: ' : ''}Make labels of these names, map them in the window, or use --labels-from-classes.`] : []),
    ...failed.slice(0, shown).map(({ name, reason }) => `failed: ${name}: ${reason}`),
    ...(failed.length > shown ? [`… and ${failed.length - shown} more; --json prints them all.`] : []),
  ]
  return done(report, lines, failed.length > 0 || without.length > 0 || waiting > 0 ? 3 : 0)
}
