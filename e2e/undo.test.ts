import type { Annotation } from '#shared/model/annotation.ts'
import type { Author, Layer } from '#shared/model/author.ts'
import { adding } from '#shared/model/diff.ts'
import { newAnnotationId, newChangeId } from '#shared/model/id.ts'
import type { Workbench } from './pages/workbench.ts'
import { expect, label, prepare, test, type Prepared } from './test.ts'
import { quorum } from './serve.ts'

const boxes = 8
/** More than the page reads of the log at a time. */
const many = 105

const drawBox = (workbench: Workbench, index: number) => workbench.canvas.drag({ x: 20 + 45 * index, y: 30 + 20 * index }, { x: 55 + 45 * index, y: 60 + 20 * index })

async function open(workbench: Workbench, url: string): Promise<void> {
  await workbench.open(url)
  await workbench.view('Label')
  await workbench.canvas.ready()
}

const shapes = (workbench: Workbench) => workbench.annotations.getByRole('listitem')

let prepared: Prepared
test.beforeEach(() => {
  prepared = prepare([label('person')], ['launch-pad.jpg'])
})

test('undo and redo go back to the beginning, through a reload and a second start', async ({ page, start, workbench }) => {
  const first = await start(prepared)
  await open(workbench, first.url)
  await workbench.tool('Box')
  for (let index = 0; index < boxes; index++) await drawBox(workbench, index)
  await expect(shapes(workbench)).toHaveCount(boxes)
  for (let index = 1; index <= 3; index++) {
    await page.keyboard.press('Control+z')
    await expect(shapes(workbench)).toHaveCount(boxes - index)
  }
  await workbench.saved()

  await page.reload()
  await workbench.canvas.ready()
  await expect(shapes(workbench)).toHaveCount(boxes - 3)
  await workbench.button('Redo').click()
  await expect(shapes(workbench)).toHaveCount(boxes - 2)
  await workbench.button('Undo').click()
  await expect(shapes(workbench)).toHaveCount(boxes - 3)
  await workbench.saved()
  await page.goto('about:blank')
  await first.close()

  const second = await start(prepared)
  await open(workbench, second.url)
  await expect(shapes(workbench)).toHaveCount(boxes - 3)
  for (let left = boxes - 4; left >= 0; left--) {
    await workbench.button('Undo').click()
    await expect(shapes(workbench)).toHaveCount(left)
  }
  await expect(workbench.button('Undo')).toBeDisabled()
  for (let count = 1; count <= boxes; count++) {
    await workbench.button('Redo').click()
    await expect(shapes(workbench)).toHaveCount(count)
  }
  await expect(workbench.button('Redo')).toBeDisabled()
  await workbench.saved()
  // Nothing was overwritten: every undo and redo is a change of its own.
  const intents = (await workbench.changes()).filter(({ asset }) => asset !== null).map(({ intent }) => intent.kind)
  expect(intents.filter((kind) => kind === 'do')).toHaveLength(boxes)
  expect(intents.filter((kind) => kind === 'undo')).toHaveLength(boxes + 1)
  expect(intents.filter((kind) => kind === 'redo')).toHaveLength(boxes + 1)
})

test('undo goes back further than the page reads at a time', async ({ page, start, workbench }) => {
  const { url } = await start(prepared)
  await workbench.open(url)
  const { rows } = await workbench.call('assets.query', { filter: {}, offset: 0, limit: 1 })
  const asset = rows[0]!.id
  for (let index = 0; index < many; index++) {
    const annotation: Annotation = {
      type: 'annotation', id: newAnnotationId(), asset, layer: 'Ada' as Layer, author: 'Ada' as Author, label: null, attributes: {}, text: null, direction: 'auto', language: null, group: null,
      order: index, flags: [], draft: false, provenance: { by: 'human', origin: null }, geometry: { kind: 'box', x: index, y: index, width: 20, height: 20 },
    }
    await workbench.call('changes.apply', { id: newChangeId(), name: 'draw box', asset, intent: { kind: 'do' }, durationMs: null, diff: adding(annotation) })
  }
  await page.reload()
  await workbench.view('Label')
  await workbench.canvas.ready()
  await workbench.canvas.element.focus()
  const heading = page.getByRole('heading', { name: /^Annotations \d+$/ })
  await expect(heading).toHaveText(`Annotations ${many}`)
  for (let left = many - 1; left >= 0; left--) {
    await page.keyboard.press('Control+z')
    await expect(heading).toHaveText(`Annotations ${left}`)
  }
  await expect(workbench.button('Undo')).toBeDisabled()
  await workbench.saved()
})

test('kill -9 in the middle of drawing: what was saved is there, what was not is kept and saved when the host is back', async ({ page, start, workbench, troubles }) => {
  const first = await start(prepared)
  await open(workbench, first.url)
  await workbench.tool('Box')
  await workbench.during(async () => { await drawBox(workbench, 0) })

  troubles.expect(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|WebSocket/, /answer: 403/, /status of 403/)
  await workbench.canvas.dragDuring({ x: 65, y: 50 }, { x: 100, y: 80 }, () => first.kill())
  await expect(workbench.status).toHaveAccessibleName(/^Not saved: .*host does not answer/)
  await drawBox(workbench, 2)
  await expect(shapes(workbench)).toHaveCount(3)

  const back = await start({ ...prepared, port: first.port })
  await open(workbench, back.url)
  await expect(shapes(workbench)).toHaveCount(3)
  await workbench.saved()
  await expect.poll(async () => (await workbench.changes()).filter(({ name }) => name === 'draw box').length).toBe(3)
  await workbench.button('Undo').click()
  await expect(shapes(workbench)).toHaveCount(2)
  await workbench.saved()
  await page.goto('about:blank')
  await back.close()
  expect(quorum(prepared.folder, 'check', prepared.project)).toMatchObject({ ok: true, findings: [] })
})
