import { author } from '#shared/testing/records.ts'
import { adding } from '#shared/model/diff.ts'
import { newChangeId } from '#shared/model/id.ts'
import { annotation, assetId } from '#shared/testing/records.ts'
import { openProject } from './projectFolder.ts'

// A process that writes into the project of its argument until it is killed, and says the id of each change once it is answered.
const project = openProject(process.argv[2]!, Date.now)
process.stdout.write('open\n')
for (let index = 0; index < Number(process.argv[3] ?? 0); index++) {
  const id = newChangeId()
  project.store.apply({ id, name: 'draw', asset: assetId('a'), intent: { kind: 'do' }, durationMs: null, diff: adding(annotation(`n${index}`)) }, author('ada'))
  process.stdout.write(`${id}\n`)
}
setInterval(() => undefined, 1000)
