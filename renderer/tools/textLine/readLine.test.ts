import { expect, test } from 'vitest'
import { annotationOf } from '../testing/records.ts'
import { takeReading } from './readLine.ts'

const line = annotationOf('line', { kind: 'text-line', outline: { kind: 'box', x: 0, y: 0, width: 90, height: 12 }, baseline: null })
const origin = { by: 'model', model: 'reader', version: '1', hash: 'abc', settings: { text: 'Cafe noir' }, score: 0.93, backend: 'wasm', at: 5 } as const
const after = (text: string) => takeReading(line, { text, spans: [] }, 'NFC', origin)

test('a reading that is accepted is the person’s, with the model and its text on record', () => {
  const edit = after('Cafe noir')!
  expect(edit.name).toBe('accept reading')
  expect(edit.diff.updated[line.id]![1]).toMatchObject({ text: 'Cafe noir', draft: false, provenance: { by: 'human', origin: { model: 'reader', settings: { text: 'Cafe noir' } } } })
})

test('one that is put right keeps what was read, so that the edit can be measured', () => {
  const edit = after('Café noir')!
  expect(edit.name).toBe('edit reading')
  expect(edit.diff.updated[line.id]![1]).toMatchObject({ text: 'Café noir', provenance: { origin: { settings: { text: 'Cafe noir' } } } })
})

test('no text is no edit', () => expect(after('')).toBeNull())
