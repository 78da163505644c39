import { label, prepare, expect, test } from './test.ts'

const pictures = ['coffee.jpg', 'pavilion.jpg', 'pavilion-copy.jpg']

test('two people are handed every picture, one after the other, told why, and finish', async ({ start, page, workbench }) => {
  const { canvas } = workbench
  const { folder, project } = prepare([label('thing')], pictures)
  const serving = await start({ folder, project })
  await workbench.open(serving.url)

  await workbench.view('Projects')
  const people = page.getByRole('textbox', { name: 'People an item', exact: true })
  await workbench.during(async () => {
    await people.fill('2')
    await people.press('Enter')
  })
  await workbench.during(() => page.getByRole('checkbox', { name: 'Hand items out in an order of their own' }).click())
  const chance = page.getByRole('slider', { name: 'By chance' })
  await expect(chance).toHaveAttribute('aria-valuetext', '20 %')
  await chance.focus()
  await workbench.during(() => page.keyboard.press('Home'))
  const [change] = (await workbench.changes()).slice(-1)
  expect(change).toMatchObject({ name: 'change the order in which items are handed out' })
  expect(Object.values(change!.diff.updated)[0]![1]).toMatchObject({ order: { mix: { uncertain: 40, diverse: 40, random: 0 } } })
  await expect(page.getByRole('slider', { name: 'A model is unsure' })).toHaveAttribute('aria-valuetext', '50 %')

  await page.getByText('Which labels matter most').click()
  const matters = page.getByRole('slider', { name: 'How much thing matters' })
  await expect(matters).toHaveAttribute('aria-valuetext', '100 %')
  await matters.focus()
  await workbench.during(() => page.keyboard.press('ArrowLeft'))
  const [{ labels: [thing], project: kept }] = [await workbench.call('projects.state', {})]
  expect(kept.importance).toEqual({ [thing!.id]: 0.95 })
  await workbench.during(() => page.getByRole('button', { name: 'All alike' }).click())
  expect((await workbench.call('projects.state', {})).project.importance).toEqual({})

  const left = page.locator('.items__foot')
  const why = page.locator('.statusbar__slot')
  const first = new Set<string>()
  await workbench.view('Label')
  await expect(left).toContainText('3 for you · 6 open')
  await workbench.button('Next for me').click()
  for (let at = 0; at < pictures.length; at++) {
    await expect(why).toContainText('nobody has done it yet; it gets 2 people; ')
    const asset = await canvas.ready()
    expect(first).not.toContain(asset)
    first.add(asset)
    await workbench.tool('Box')
    await workbench.during(async () => { await canvas.drag({ x: 60, y: 60 }, { x: 200, y: 200 }) })
    await workbench.during(() => page.keyboard.press('Control+Enter'))
    if (at < pictures.length - 1) await expect(canvas.element).not.toHaveAttribute('data-asset', asset)
  }
  await expect(workbench.messages.getByText(/^Nothing else is for you to label now/u)).toBeVisible()
  await expect(left).toContainText('0 for you · 3 open')

  // Another sits down.
  await workbench.call('app.setMe', { name: 'Bo' })
  await page.reload()
  await expect(left).toContainText('3 for you · 3 open')
  const second = new Set<string>()
  await canvas.ready()
  await page.keyboard.press('q')
  for (let at = 0; at < pictures.length; at++) {
    await expect(why).toContainText('needs a second person; ')
    const asset = await canvas.ready()
    expect(first).toContain(asset)
    second.add(asset)
    await workbench.during(() => page.keyboard.press('Control+Enter'))
    if (at < pictures.length - 1) await expect(canvas.element).not.toHaveAttribute('data-asset', asset)
  }
  expect(second.size).toBe(pictures.length)
  await expect(left).toContainText('0 for you · 0 open')
  expect((await workbench.call('queue.state', { for: 'Bo' as never })).label).toMatchObject({ wanted: 6, submitted: 6, open: 0 })
})
