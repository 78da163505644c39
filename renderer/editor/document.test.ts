import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyDiff } from '#shared/model/apply.ts'
import type { Change, ChangeRequest } from '#shared/model/change.ts'
import type { Clock } from '#shared/model/clock.ts'
import { adding, after, removing, updating } from '#shared/model/diff.ts'
import { stacks } from '#shared/model/history.ts'
import type { ChangeId } from '#shared/model/id.ts'
import type { AnyRecord } from '#shared/model/record.ts'
import { QuorumError } from '#shared/contract/errors.ts'
import { annotation, assetId, author, box } from '#shared/testing/records.ts'
import { createDocument } from './document.ts'
import { createSaveQueue, type Shelf } from './saveQueue.ts'

/** A host in memory that keeps a log, as far as a document can see one. */
function host() {
  const records = new Map<string, AnyRecord>()
  const log: ChangeRequest[] = []
  const trouble: QuorumError[] = []
  return {
    records, log, trouble,
    async send(request: ChangeRequest): Promise<AnyRecord[]> {
      await Promise.resolve()
      const error = trouble.shift()
      if (error) throw error
      if (log.some(({ id }) => id === request.id)) return []
      const effect = applyDiff((id) => records.get(id), request.diff)
      for (const record of after(effect)) records.set(record.id, record)
      for (const id in effect.removed) records.delete(id)
      log.push(request)
      return []
    },
  }
}

function shelf(): Shelf & { kept: readonly ChangeRequest[] } {
  const self = { kept: [] as readonly ChangeRequest[], load: () => self.kept, keep: (requests: readonly ChangeRequest[]) => void (self.kept = requests) }
  return self
}

const asset = assetId('a')
const asChange = (request: ChangeRequest): Change => ({ ...request, author: author('ada'), clock: '000000000001-0000-aaaaaaaa' as Clock })

/** What the host answers to `changes.history`. */
async function historyOf({ log }: ReturnType<typeof host>) {
  const { undo, redo } = stacks(log.map(({ id, intent }) => ({ id, intent: intent.kind, target: intent.kind === 'do' ? null : intent.target })))
  const read = (ids: readonly ChangeId[]) => ids.map((id) => asChange(log.find((request) => request.id === id)!))
  return { undo: read(undo), redo: read(redo) }
}

const retries: (() => void)[] = []
const later = (again: () => void) => void retries.push(again)
const open = (server: ReturnType<typeof host>, kept = shelf()) => {
  const queue = createSaveQueue({ send: server.send, shelf: kept, later })
  return { queue, kept, document: createDocument({ asset, records: [...server.records.values()], queue, history: () => historyOf(server) }) }
}

test('what is shown is what is saved, however one draws, undoes and redoes', async () => {
  const step = fc.record({ what: fc.constantFrom('add', 'move', 'remove', 'undo', 'redo'), name: fc.constantFrom('a', 'b', 'c'), x: fc.nat(50) })
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const server = host()
    const { document, queue } = open(server)
    for (const { what, name, x } of steps) {
      const is = document.state.getState().records.get(`annotation:${name}`)
      if (what === 'undo') await document.undo()
      else if (what === 'redo') await document.redo()
      else if (!is) document.commit('draw', adding(annotation(name)))
      else if (what === 'remove') document.commit('remove', removing(is))
      else if (is.type === 'annotation') document.commit('move', updating([is, { ...is, geometry: box(x, x, 1, 1) }]))
    }
    await queue.settled()
    expect(document.state.getState().records).toEqual(server.records)
    while (await document.undo());
    await queue.settled()
    expect([...server.records]).toEqual([])
  }))
})

test('undo goes on with what was done before the window was opened', async () => {
  const server = host()
  const first = open(server)
  first.document.commit('draw', adding(annotation('one')))
  await first.queue.settled()
  const queue = createSaveQueue({ send: server.send, shelf: shelf(), later })
  const document = createDocument({ asset, records: [annotation('one')], queue, history: () => historyOf(server) })
  expect(await document.undo()).toBe('draw')
  await queue.settled()
  expect(server.log.at(-1)?.intent).toEqual({ kind: 'undo', target: server.log[0]!.id })
  expect(server.records.size).toBe(0)
})

test('a host that is gone loses nothing: the change waits on the shelf and is saved once', async () => {
  const server = host()
  server.trouble.push(new QuorumError('host-gone', 'The host does not answer.'))
  const { document, queue, kept } = open(server)
  document.commit('draw', adding(annotation('one')))
  document.commit('draw', adding(annotation('two')))
  await new Promise((resolve) => setTimeout(resolve))
  expect(queue.state.getState()).toMatchObject({ kind: 'failed', why: 'The host does not answer.', refused: false, pending: 2 })
  expect(kept.kept).toHaveLength(2)
  expect(document.state.getState().records.size).toBe(2)
  retries.splice(0).forEach((again) => again())
  await queue.settled()
  expect(server.records.size).toBe(2)
  expect(kept.kept).toEqual([])
  expect(queue.state.getState().kind).toBe('saved')
})

test('what waited on the shelf is sent at the next start', async () => {
  const server = host()
  const kept = shelf()
  server.trouble.push(new QuorumError('disk-full', 'The disk is full.'))
  const before = open(server, kept)
  before.document.commit('draw', adding(annotation('one')))
  await new Promise((resolve) => setTimeout(resolve))
  const queue = createSaveQueue({ send: server.send, shelf: kept, later })
  await queue.settled()
  expect(server.records.size).toBe(1)
})

test('a change that the host refuses waits for the person, and can be discarded', async () => {
  const server = host()
  server.trouble.push(new QuorumError('invalid-input', 'It belongs to somebody else.'))
  const { document, queue } = open(server)
  document.commit('draw', adding(annotation('one')))
  document.commit('draw', adding(annotation('two')))
  await new Promise((resolve) => setTimeout(resolve))
  expect(queue.state.getState()).toMatchObject({ kind: 'failed', refused: true, pending: 2 })
  expect(queue.discard()?.diff).toEqual(adding(annotation('one')))
  await queue.settled()
  expect([...server.records.keys()]).toEqual(['annotation:two'])
  // What was given up is neither shown nor undone.
  expect([...document.state.getState().records.keys()]).toEqual(['annotation:two'])
  expect(document.state.getState().undo.map(({ diff }) => diff)).toEqual([adding(annotation('two'))])
})

test('a host that does not answer when an item opens is asked again when somebody undoes', async () => {
  const server = host()
  const queue = createSaveQueue({ send: server.send, shelf: shelf(), later })
  let gone = true
  const history = async () => { if (gone) throw new QuorumError('host-gone', 'Gone.'); return historyOf(server) }
  await server.send({ id: 'change:1' as ChangeId, name: 'draw', asset, intent: { kind: 'do' }, durationMs: null, diff: adding(annotation('one')) })
  const document = createDocument({ asset, records: [annotation('one')], queue, history })
  await new Promise((resolve) => setTimeout(resolve))
  gone = false
  expect(await document.undo()).toBe('draw')
  await queue.settled()
})
