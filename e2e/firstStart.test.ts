import { expect, test } from './test.ts'

test('the first start: a name, the practice project, every item with what others made of it, a transcription that stays', async ({ fresh, page, workbench }) => {
  await workbench.open(fresh.url)
  await expect(workbench.assets.getByRole('listitem').first()).toHaveAttribute('aria-setsize', '16')

  await workbench.messages.getByRole('button', { name: 'Choose a name' }).click()
  const who = page.getByRole('dialog', { name: 'Who are you?' })
  await who.getByRole('textbox', { name: 'Name' }).fill('Ada')
  await who.getByRole('button', { name: 'Change name' }).click()
  await expect(workbench.button('You: Ada')).toBeVisible()
  expect(await workbench.call('app.state', {})).toMatchObject({ me: 'Ada', nameChosen: true })

  const { rows } = await workbench.call('assets.query', { filter: {}, offset: 0, limit: 1000 })
  const images = rows.filter(({ kind }) => kind === 'image')
  expect(images.length).toBeGreaterThanOrEqual(8)
  for (const row of images) {
    await workbench.item(row.name)
    await workbench.canvas.ready(row.id)
    if (row.annotations > 0) await expect(workbench.annotations.getByRole('listitem').first()).toBeVisible()
    await expect(workbench.annotations.getByRole('listitem').first()).toHaveCount(Math.min(1, row.annotations))
  }
  expect(images.filter(({ annotations }) => annotations > 0).length).toBeGreaterThanOrEqual(4)

  const sounds = rows.filter(({ kind }) => kind === 'audio')
  expect(sounds.length).toBeGreaterThanOrEqual(2)
  for (const sound of sounds) {
    await workbench.item(sound.name)
    await expect(page.getByRole('region', { name: 'Waveform' })).toHaveAttribute('data-asset', sound.id)
    await expect(page.getByRole('region', { name: 'Waveform' })).toHaveAttribute('data-ready', 'true')
    const position = page.getByRole('slider', { name: 'Position' })
    expect(Number(await position.getAttribute('aria-valuemax'))).toBeCloseTo(sound.duration, 1)
    await workbench.button('Play').click()
    await expect.poll(async () => Number(await position.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
    await workbench.button('Pause').click()
  }

  const [sound] = sounds
  await workbench.item(sound!.name)
  const [typed] = await workbench.during(async () => {
    await page.getByRole('textbox', { name: 'Transcription' }).fill('She sat down in silence.')
    await page.keyboard.press('Control+Enter')
  })
  expect(typed).toMatchObject({ author: 'Ada', asset: sound!.id })
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Transcription' })).toHaveValue('She sat down in silence.')
})
