import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { distance } from '#shared/text/align.ts'
import { simulateTexts } from './simulateTexts.ts'
import { byTask, roverTexts } from './texts.ts'

const program = '/usr/lib/sctk/bin/rover'

/** NIST's rover (SCTK) over the same answers, by frequency of occurrence; what it answers for each task. */
function nist(answers: ReturnType<typeof byTask>, perTask: number): Map<string, string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'quorum-rover-'))
  const tasks = [...answers.keys()]
  const inputs = Array.from({ length: perTask }, (_, at) => {
    const lines = tasks.flatMap((task, index) => answers.get(task)![at]!.text.split(' ').filter(Boolean).map((word, n) => `f${String(index).padStart(5, '0')} 1 ${(n / 2).toFixed(2)} 0.40 ${word} 1.0`))
    writeFileSync(join(folder, `${at}.ctm`), `${lines.join('\n')}\n`)
    return ['-h', join(folder, `${at}.ctm`), 'ctm']
  })
  execFileSync(program, [...inputs.flat(), '-o', join(folder, 'out.ctm'), '-m', 'meth1', '-a', '1.0', '-c', '0.0'], { stdio: 'pipe' })
  const results = new Map(tasks.map((task) => [task, [] as string[]]))
  for (const line of readFileSync(join(folder, 'out.ctm'), 'utf8').split('\n').filter(Boolean)) {
    const [file, , , , word] = line.split(/\s+/u)
    if (word !== '@') results.get(tasks[Number(file!.slice(1))]!)!.push(word!)
  }
  return results
}

test.skipIf(!existsSync(program)).each([3, 5, 7])('at most as many wrong words as NIST’s rover: 150 sentences, %i workers each', (perTask) => {
  const { answers, truth } = simulateTexts([0.08, 0.1, 0.15, 0.15, 0.2, 0.25, 0.3, 0.35], 150, perTask, perTask)
  const theirs = nist(byTask(answers), perTask)
  const ours = roverTexts(answers, { rounds: 1 }).results
  let [us, them, words] = [0, 0, 0]
  for (const [task, text] of truth) {
    words += text.split(' ').length
    us += distance(text.split(' '), ours.get(task)!.text.split(' ').filter(Boolean))
    them += distance(text.split(' '), theirs.get(task)!)
  }
  if (process.env['QUORUM_FIGURES'] !== undefined) console.log(`${perTask} workers: ours ${(100 * us / words).toFixed(2)} %, NIST ${(100 * them / words).toFixed(2)} %, ${words} words`)
  expect(us).toBeLessThanOrEqual(them)
})
