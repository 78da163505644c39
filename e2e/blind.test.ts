import { expect, test } from './test.ts'

/** Three people have worked on it. */
const photo = 'astronaut.jpg'

test('an open project shows everybody’s work; a blind one only after I submit the item, with one key', async ({ fresh, page, workbench }) => {
  const { annotations, canvas } = workbench
  const shapes = annotations.getByRole('listitem')
  await workbench.open(fresh.url)
  await workbench.item(photo)
  const asset = await canvas.ready()
  const others = (await workbench.call('assets.open', { asset: asset as never })).records.filter(({ type }) => type === 'annotation').length
  expect(others).toBeGreaterThan(2)
  await expect(shapes).toHaveCount(others)
  await expect(page.getByRole('list', { name: 'Layers' }).getByRole('listitem')).not.toHaveCount(0)

  await workbench.view('Projects')
  await page.getByRole('radio', { name: 'Blind' }).click()
  await workbench.saved()
  await workbench.view('Label')
  await canvas.ready(asset)
  await expect(page.getByText(/others have worked on this item\. You see them once you submit yours\./)).toBeVisible()
  await expect(shapes).toHaveCount(0)
  const held = await workbench.call('assets.open', { asset: asset as never })
  expect(held.records.filter(({ type }) => type === 'annotation')).toEqual([])
  expect(held.hidden).toBeGreaterThan(1)

  await workbench.label('person')
  await workbench.tool('Box')
  await workbench.during(async () => { await canvas.drag({ x: 60, y: 60 }, { x: 200, y: 200 }) })
  await expect(shapes).toHaveCount(1)
  const [submitted] = await workbench.during(() => page.keyboard.press('Control+Enter'))
  expect(submitted).toMatchObject({ name: 'submit item', asset })
  // One key submits and goes on.
  await expect(canvas.element).not.toHaveAttribute('data-asset', asset)
  await expect(workbench.assets.getByRole('listitem', { name: new RegExp(`^${photo}, submitted`) })).toBeVisible()
  await page.keyboard.press('Shift+N')
  await canvas.ready(asset)
  await expect(shapes).toHaveCount(others + 1)
  await expect(page.getByText(/You see them once you submit yours/)).toHaveCount(0)

  await workbench.button('Open item again').click()
  await expect(workbench.button('Submit item')).toBeVisible()
  await workbench.saved()
})
