import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as hostile from './fixtures/hostile.ts'
import { patchedPng, smallJpeg } from './fixtures/picture.ts'
import { Importing } from './pages/importing.ts'
import { newFolder } from './serve.ts'
import { expect, label, prepare, test } from './test.ts'

/** A folder of files that are wrong in one way each, among sound ones. Its annotation files lie beside their picture. */
async function hostileFolder(): Promise<string> {
  const folder = join(newFolder(), 'hostile')
  const annotated = join(folder, 'annotated')
  mkdirSync(annotated, { recursive: true })
  for (const make of [
    hostile.truncatedJpeg, hostile.emptyJpeg, hostile.decompressionBomb, hostile.exifRotatedJpeg, hostile.symlinkLoop, hostile.nfdName,
    hostile.newlineName, hostile.silentWav, hostile.clippedWav, hostile.wav8Bit, hostile.wav24Bit, hostile.wav32BitFloat,
  ]) await make(folder)
  await hostile.soundJpeg(annotated)
  await hostile.cocoWrongField(annotated)
  writeFileSync(join(folder, 'photo.png'), patchedPng(1))
  writeFileSync(join(folder, 'photo-again.png'), patchedPng(1))
  writeFileSync(join(folder, 'photo.jpg'), patchedPng(2))
  writeFileSync(join(folder, 'notes.docx'), 'PK\u0003\u0004 not really')
  writeFileSync(join(folder, '.hidden.png'), patchedPng(3))
  return folder
}

test('a folder of hostile files comes in as far as it can; the report names every file that did not', async ({ page, start, workbench }) => {
  const folder = await hostileFolder()
  const { url } = await start(prepare([label('cup')], []))
  const importing = new Importing(workbench)
  await workbench.open(url)
  await importing.folder(folder)
  await importing.start()
  const job = importing.job('Import hostile')
  await expect(job).toContainText('done', { timeout: 30_000 })
  await job.getByRole('button', { name: 'Show report' }).click()

  const id = (await workbench.call('jobs.list', {})).jobs[0]!.id
  const report = await workbench.call('imports.report', { job: id })
  expect(await importing.figure('items')).toBe(report.assets)
  expect(await importing.figure('annotations')).toBe(1)
  expect(await importing.figure('left out')).toBe(report.skipped)
  expect(await importing.figure('things to know')).toBe(report.issues.length)
  const codes = importing.report.getByRole('list', { name: 'Kinds of issue' })
  for (const name of [
    'Cut short', 'Empty', 'Huge', 'Rotated', 'Link in a circle', 'Duplicate', 'Name written anew', 'Silent', 'Clipped', 'Tiny', 'Wrong ending', 'Not supported', 'Hidden',
  ]) await expect(codes.getByRole('button', { name: new RegExp(`^${name}`) }), name).toBeVisible()
  await codes.getByRole('button', { name: /^Empty/ }).click()
  await expect(importing.report.getByRole('list', { name: 'Issues' })).toContainText('empty.jpg')

  // Nothing is dropped in silence: each file below the folder is an item, or an issue names it.
  const { rows } = await workbench.call('assets.query', { filter: {}, offset: 0, limit: 1000 })
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.endsWith('.json') && !entry.name.startsWith('.'))
  for (const { name } of files) {
    const shown = name.normalize('NFC').replace('\n', '\\n')
    const known = rows.some((row) => row.name.endsWith(shown)) || report.issues.some((issue) => issue.path.normalize('NFC').includes(shown) || issue.path.includes(name))
    expect(known, name).toBe(true)
  }
  expect(report.issues.find(({ path }) => path.includes('wrong-field.json'))?.message).toContain('bbox')
  await page.keyboard.press('Escape')
  await expect(importing.report).toHaveCount(0)

  // What came in can be looked at.
  await workbench.view('Label')
  await workbench.item('truncated.jpg')
  await workbench.canvas.ready(rows.find(({ name }) => name.endsWith('truncated.jpg'))!.id)
})

test('an import shows its progress, is cancelled, and goes on where it stopped', async ({ start, workbench }) => {
  const many = 500
  const folder = join(newFolder(), 'many')
  mkdirSync(folder)
  for (let index = 0; index < many; index++) writeFileSync(join(folder, `${index}.png`), patchedPng(index))
  const { url } = await start(prepare([label('cup')], []))
  const importing = new Importing(workbench)
  await workbench.open(url)
  await importing.folder(folder)
  await importing.start()
  const job = importing.job('Import many')
  await expect(job.getByRole('progressbar')).toHaveAttribute('aria-valuemax', String(many))
  await job.getByRole('button', { name: 'Cancel' }).click()
  await expect(job).toContainText('cancelled')
  const before = (await workbench.call('projects.state', {})).assets
  expect(before).toBeLessThan(many)
  await job.getByRole('button', { name: 'Resume' }).click()
  await expect(workbench.messages).toContainText('Import many: done', { timeout: 30_000 })
  expect((await workbench.call('projects.state', {})).assets).toBe(many)
})

test('files dropped into the window are sent to the host and imported', async ({ page, start, workbench }) => {
  const { url } = await start(prepare([label('cup')], []))
  const importing = new Importing(workbench)
  await workbench.open(url)
  await workbench.view('Label')
  await expect(page.getByText('Nothing to label yet')).toBeVisible()
  const transfer = await page.evaluateHandle(([jpeg, png]) => {
    const bytes = (text: string) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
    const transfer = new DataTransfer()
    transfer.items.add(new File([bytes(jpeg!)], 'dropped one.jpg', { type: 'image/jpeg' }))
    transfer.items.add(new File([bytes(png!)], 'Straße.png', { type: 'image/png' }))
    return transfer
  }, [smallJpeg().toString('base64'), patchedPng(7).toString('base64')])
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: transfer })
  await expect(importing.dialog.getByRole('listitem')).toHaveCount(2)
  await importing.start()
  await expect(workbench.messages).toContainText('done, 2 items')
  await workbench.canvas.ready()
  await expect(workbench.assets.getByRole('listitem')).toHaveCount(2)
  const { rows } = await workbench.call('assets.query', { filter: {}, offset: 0, limit: 10 })
  expect(rows.map(({ name }) => name).sort()).toEqual(['Straße.png', 'dropped one.jpg'])
})
