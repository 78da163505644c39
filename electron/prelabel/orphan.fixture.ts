import { ModelRunner } from './runner.ts'
import { endless, taskOver } from './tiny.fixture.ts'

// A host that runs a model without end and tells who runs it, to be killed.
const runner = new ModelRunner()
void runner.run(taskOver(process.argv[2]!, endless()))
setTimeout(() => process.stdout.write(`${runner.pid}\n`), 500)
