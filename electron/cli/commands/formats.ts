import { done, type Command } from '../command.ts'
import { withHost } from '../host.ts'

export const formats: Command = {
  name: 'formats',
  usage: 'quorum formats',
  summary: 'Lists the formats: which are read, which are written, what each can hold.',
  example: 'quorum formats --json',
  options: {},
  words: [0, 0],
  run: (invocation) =>
    withHost(invocation, async (host) => {
      const { formats: rows } = await host.ask('formats.list', {})
      const width = Math.max(...rows.map(({ id }) => id.length))
      const lines = rows.map(({ id, name, reads, writes, kinds }) => `${id.padEnd(width)}  ${reads ? 'reads' : '     '} ${writes ? 'writes' : '      '}  ${name}: ${kinds.join(', ')}`)
      return done(rows, lines)
    }),
}
