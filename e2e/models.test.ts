import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constantModel } from '#shared/testing/onnx.ts'
import { expect, label, prepare, test } from './test.ts'
import { quorum } from './serve.ts'

/** A YOLO of two classes that sees one cup in the middle of every picture. */
const cups = () => constantModel(
  { name: 'images', dims: [1, 3, 64, 64] }, [{ name: 'output0', dims: [1, 6, 84], data: Array.from({ length: 504 }, (_, at) => (at % 84 === 0 ? [32, 32, 24, 24, 0.9, 0.1][at / 84]! : 0)) }],
  { task: 'detect', names: "{0: 'cup', 1: 'plate'}", imgsz: '[64, 64]', license: 'MIT' },
)

test('a model of one’s own is looked into, tried where the project has no picture, put right, added; what is no model is said to be none', async ({ page, start, troubles, workbench }) => {
  const prepared = prepare([label('cup')], [])
  writeFileSync(join(prepared.folder, 'cups.onnx'), cups())
  writeFileSync(join(prepared.folder, 'notes.onnx'), 'to do: train a model')
  const { url } = await start(prepared)
  troubles.expect(/answer: 4\d\d .*models\.inspect|status of 4\d\d/)
  await workbench.open(url)
  await page.keyboard.press('Alt+m')
  await workbench.button('Add a model…').click()
  const dialog = page.getByRole('dialog', { name: 'Add a model' })
  const path = dialog.getByRole('textbox', { name: /^ONNX file/ })
  await path.fill(join(prepared.folder, 'notes.onnx'))
  await path.press('Enter')
  await expect(dialog.getByText(/notes\.onnx is no/)).toBeVisible()
  await path.fill(join(prepared.folder, 'cups.onnx'))
  await path.press('Enter')
  await expect(dialog.getByRole('textbox', { name: 'Licence' })).toHaveValue('MIT')
  await expect(dialog.getByRole('button', { name: 'Add this model' })).toBeDisabled()
  await expect(dialog.getByRole('combobox', { name: 'Item to try' })).toHaveText('coffee.jpg (comes with Quorum)')
  await dialog.getByRole('button', { name: 'Try it on an item' }).click()
  await expect(dialog.getByRole('region', { name: /^1 prediction in/ })).toContainText('cup')
  const picture = dialog.getByRole('img', { name: 'coffee.jpg' })
  await expect.poll(() => picture.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(600)
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Cups and plates')
  await dialog.getByRole('button', { name: 'Add this model' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('article', { name: 'Cups and plates' })).toContainText('2: cup, plate')
})

test('a run in the window rests and goes on, and one whose host was killed goes on where it was; every picture has its drafts once', async ({ page, start, troubles, workbench }) => {
  const media = ['astronaut.jpg', 'cameraman.jpg', 'coffee.jpg', 'dog-and-bicycle.jpg', 'fig-in-a-bowl.jpg', 'launch-pad.jpg', 'mountain-path.jpg', 'pavilion.jpg', 'tulips.jpg']
  const prepared = prepare([label('cup')], media)
  const serving = await start(prepared)
  await workbench.open(serving.url)
  await workbench.call('prelabel.start', { model: 'rule-grabcut', assets: null, threshold: null })
  // The list of jobs comes up by itself.
  await workbench.jobs.getByRole('button', { name: 'Pause' }).click()
  await expect(workbench.jobs.getByText(/· paused$/)).toBeVisible()
  await workbench.jobs.getByRole('button', { name: 'Resume' }).click()
  await expect(workbench.jobs.getByRole('button', { name: 'Pause' })).toBeVisible()
  const drafted = async () => (await workbench.call('assets.query', { filter: {}, offset: 0, limit: 100 })).rows.filter(({ drafts }) => drafts > 0).length
  await expect.poll(drafted).toBeGreaterThan(0)

  troubles.expect(/ERR_CONNECTION_REFUSED|WebSocket|Failed to fetch|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/)
  await serving.kill()
  const again = await start({ ...prepared, port: serving.port })
  await page.goto(again.url)
  if (!(await workbench.jobs.isVisible())) await page.getByRole('button', { name: /^Jobs/ }).click()
  await expect(workbench.jobs.getByText(/program ended\. What was done is kept/)).toBeVisible()
  await workbench.jobs.getByRole('button', { name: 'Resume' }).click()
  await workbench.jobs.getByRole('button', { name: 'Show report' }).click({ timeout: 60_000 })
  const report = page.getByRole('dialog', { name: 'Pre-label report' })
  await expect(report).toContainText('items9drafts')
  await page.keyboard.press('Escape')
  const { rows } = await workbench.call('assets.query', { filter: {}, offset: 0, limit: 100 })
  expect(rows.map(({ drafts }) => drafts > 0)).toEqual(media.map(() => true))
  const drafts = (await workbench.changes()).flatMap(({ diff }) => Object.values(diff.added)).filter((record) => record.type === 'annotation')
  const places = drafts.map(({ asset, geometry }) => `${asset} ${JSON.stringify(geometry)}`)
  expect(new Set(places).size).toBe(places.length)
  await page.close()
  await again.close()
  expect(quorum(prepared.folder, 'check', prepared.project)).toMatchObject({ ok: true })
})
