import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demo } from '#electron/cli/commands/demo.ts'

interface Step { readonly step: string; readonly figures: Readonly<Record<string, number | string>> }

let folder: string
let out: string
let steps: readonly Step[]
let said: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quorum-demo-'))
  out = join(folder, 'out')
  said = []
  const { json } = await demo.run({ words: [out], flags: { as: 'lea' }, say: (line) => void said.push(line), print: async () => {}, progress: () => {} })
  steps = (json as { steps: Step[] }).steps
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const figuresOf = (name: string) => steps.find(({ step }) => step === name)!.figures
const annotationsIn = (path: string) => (JSON.parse(readFileSync(join(out, path), 'utf8')) as { annotations: unknown[] }).annotations.length

test('the walk goes from import over drafts, agreement and consensus to training folders, a line a step', () => {
  expect(steps.map(({ step }) => step.replace(/nanodet|rule-boxes/u, 'boxes'))).toEqual([
    'project', 'import', 'annotations', 'pre-label with boxes', 'pre-label with silero-vad-v6', 'agreement', 'consensus', 'decide', 'apply what is settled', 'check',
    'export coco of final', 'export yolo-detect of consensus', 'export yolo-segment of consensus',
  ])
  expect(said).toHaveLength(steps.length)
})

test('models draft on every item that they can look at, and none fails', () => {
  expect(figuresOf('pre-label with silero-vad-v6')).toMatchObject({ items: 4, failed: 0 })
  expect(figuresOf('pre-label with silero-vad-v6')['drafts']).toBeGreaterThanOrEqual(4)
})

test('the three agree in most; what one decision settles is no dispute any more', () => {
  expect(Number(figuresOf('agreement')['alpha'])).toBeGreaterThan(0.6)
  expect(figuresOf('decide')['left to settle']).toBe(Number(figuresOf('consensus')['disputes']) - 1)
  expect(figuresOf('check')['findings']).toBe(0)
})

test('what is disputed and not decided leaves in no layer, and drafts neither', () => {
  const final = Number(steps.find(({ step }) => step === 'export coco of final')!.figures['annotations'])
  expect(annotationsIn('coco/annotations/instances_train.json') + annotationsIn('coco/annotations/instances_val.json')).toBe(final)
  expect(final).toBeGreaterThan(0)
  expect(final).toBeLessThan(Number(figuresOf('consensus')['things']) - Number(figuresOf('decide')['left to settle']))
})
