import { parseArgs } from 'node:util'
import { errorReply } from '#electron/transport/dispatch.ts'
import { version } from '#electron/version.ts'
import { UsageError, type Command, type ExitCode, type Invocation, type Options } from './command.ts'
import { commands } from './commands.ts'
import { progressPrinter } from './progress.ts'

const common = { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' }, verbose: { type: 'boolean' } } as const

// Whoever reads has read enough (`quorum log street | head -1`): that is no failure.
for (const stream of [process.stdout, process.stderr]) stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await main(process.argv.slice(2))

async function main(argv: string[]): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return overview(name === undefined ? 2 : 0)
  if (name === '--version' || name === 'version') return print(`quorum ${version}`)
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) return fail(`There is no command "${name}". "quorum --help" lists them.`, 2)
  if (rest.includes('--help') || rest.includes('-h')) return print(helpOf(command))
  try {
    return await run(command, rest)
  } catch (error) {
    return reportError(error, rest.includes('--verbose'), command)
  }
}

async function run(command: Command, argv: string[]): Promise<ExitCode> {
  const { values, positionals } = parsed(command, argv)
  const [least, most] = command.words
  if (positionals.length < least || positionals.length > most) throw new UsageError(`"quorum ${command.name}" takes ${least === most ? least : `${least} to ${most}`} words, not ${positionals.length}.`)
  const printer = progressPrinter(process.stderr)
  const invocation: Invocation = { words: positionals, flags: values, say: (line) => printer.line(line), progress: printer.progress, print: (line) => write(`${line}\n`) }
  const outcome = await command.run(invocation).finally(() => printer.end())
  await write(values['json'] ? (outcome.json === undefined ? '' : `${JSON.stringify(outcome.json)}\n`) : outcome.lines.map((line) => `${line}\n`).join(''))
  return outcome.code
}

function parsed(command: Command, argv: string[]) {
  try {
    return parseArgs({ args: argv, options: { ...command.options, ...common }, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('. To specify')[0]! : String(error))
  }
}

/** One line that says what, where and what to do; the rest only with --verbose. */
function reportError(error: unknown, verbose: boolean, command: Command): ExitCode {
  if (error instanceof UsageError) return fail(`${error.message} Usage: ${command.usage}`, 2)
  const { message, detail } = errorReply(error)
  fail(message, 1)
  if (verbose && detail) process.stderr.write(`${detail}\n`)
  return 1
}

function fail(message: string, code: ExitCode): ExitCode {
  process.stderr.write(`quorum: ${message.replaceAll(/\s*\n\s*/gu, ' ')}\n`)
  return code
}

async function print(text: string): Promise<ExitCode> {
  await write(`${text}\n`)
  return 0
}

function helpOf(command: Command): string {
  const flags = Object.entries<Options[string]>({ ...command.options, ...common }).map(([flag, { type }]) => `  --${flag}${type === 'string' ? ' …' : ''}`)
  return [command.summary, '', `usage: ${command.usage}`, `example: ${command.example}`, '', 'flags:', ...flags].join('\n')
}

async function overview(code: ExitCode): Promise<ExitCode> {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  const page = ['Quorum turns images and audio into training data you can trust.', '', 'usage: quorum COMMAND …', '', ...rows, '', '"quorum COMMAND --help" says more. --json prints one JSON document. Exit: 0 done, 1 failed, 2 wrong usage, 3 done, with something to look at (losses, failed items, open disputes).'].join('\n')
  if (code === 0) await print(page)
  else process.stderr.write(`${page}\n`)
  return code
}

/** Waits until a pipe has taken everything, so that long documents are never cut off. */
function write(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()))
}
