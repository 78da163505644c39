import type { Command } from './command.ts'
import { agree } from './commands/agree.ts'
import { agreement } from './commands/agreement.ts'
import { aggregate } from './commands/aggregate.ts'
import { apply } from './commands/apply.ts'
import { check } from './commands/check.ts'
import { convert } from './commands/convert.ts'
import { demo } from './commands/demo.ts'
import { exporting } from './commands/export.ts'
import { formats } from './commands/formats.ts'
import { importing } from './commands/import.ts'
import { init } from './commands/init.ts'
import { log } from './commands/log.ts'
import { serve } from './commands/serve.ts'
import { wer } from './commands/wer.ts'

/** In the order in which a person meets them. */
export const commands: readonly Command[] = [init, importing, formats, exporting, convert, log, apply, check, serve, wer, aggregate, agree, agreement, demo]
