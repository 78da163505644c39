import { expect, test, type Page } from 'playwright/test'
import { serve, type Serving } from './serve.ts'

let serving: Serving
test.beforeAll(async () => {
  serving = await serve()
})
test.afterAll(() => serving.close())

const waveform = (page: Page) => page.getByRole('region', { name: 'Waveform' })
const segments = (page: Page) => page.getByRole('list', { name: 'Annotations' }).getByRole('listitem')

/** Drags on the waveform from one second to another. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  const region = waveform(page)
  const box = (await region.boundingBox())!
  const { rate, start, perPixel } = await region.evaluate(({ dataset }) => ({ rate: Number(dataset['rate']), start: Number(dataset['start']), perPixel: Number(dataset['perPixel']) }))
  const x = (seconds: number) => box.x + (seconds * rate - start) / perPixel
  await page.mouse.move(x(from), box.y + 80)
  await page.mouse.down()
  await page.mouse.move(x((from + to) / 2), box.y + 80)
  await page.mouse.move(x(to), box.y + 80)
  await page.mouse.up()
}

test('a sound is segmented, written, cut, joined and played without an error', async ({ page }) => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(serving.url)
  await page.getByRole('list', { name: 'Assets' }).getByText('voice-dashwood.flac').click()
  await expect(waveform(page)).toHaveAttribute('data-ready', 'true')

  await page.getByRole('button', { name: 'Segment', exact: true }).click()
  await drag(page, 0.5, 2)
  await expect(segments(page)).toHaveCount(1)
  await drag(page, 2.5, 4)
  await expect(segments(page)).toHaveCount(2)

  // Drawn over its neighbour, it stops there: the tier has no overlap.
  await drag(page, 3, 6)
  await expect(segments(page)).toHaveCount(3)
  await expect(page.getByText('Segments of this tier do not overlap')).toBeVisible()

  const text = page.getByRole('textbox', { name: 'Segment text' })
  await waveform(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Previous segment' }).click()
  await page.getByRole('button', { name: 'Previous segment' }).click()
  await text.focus()
  await page.keyboard.type('the first words')
  await page.keyboard.press('Tab')
  await expect(text).toBeFocused()
  await page.keyboard.type('and the second ones')
  await page.keyboard.press('F6')
  await expect(text).toBeFocused()
  await page.keyboard.press('Shift+Enter')
  await expect(text).toHaveValue('the first words')
  await expect(page.getByRole('status', { name: 'Saved' })).toBeVisible()

  await page.keyboard.press('Alt+M')
  await expect(text).toHaveValue('the first words and the second ones')
  await expect(segments(page)).toHaveCount(2)
  await page.keyboard.press('Control+z')
  await expect(segments(page)).toHaveCount(3)

  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByRole('combobox', { name: 'Speed' }).click()
  await page.getByRole('option', { name: '4×' }).click()
  const position = page.getByRole('slider', { name: 'Position' })
  await position.focus()
  await page.keyboard.press('Home')
  await expect(position).toHaveAttribute('aria-valuenow', '0.000')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(async () => Number(await position.getAttribute('aria-valuenow'))).toBeGreaterThan(0.5)
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByRole('button', { name: 'Loop' }).click()
  await expect(page.getByRole('button', { name: 'Loop' })).toHaveAttribute('aria-pressed', 'true')

  await expect(page.getByRole('status', { name: 'Saved' })).toBeVisible()
  await page.reload()
  await expect(waveform(page)).toHaveAttribute('data-ready', 'true')
  await expect(segments(page)).toHaveCount(3)
  expect(problems).toEqual([])
})

test('a tier is added, named, allowed to overlap, and not deleted while it holds segments', async ({ page }) => {
  await page.goto(serving.url)
  await page.getByRole('list', { name: 'Assets' }).getByText('voice-dashwood.flac').click()
  await expect(waveform(page)).toHaveAttribute('data-ready', 'true')
  await page.getByRole('button', { name: 'Add tier' }).click()
  await page.getByRole('menuitem', { name: 'Add tier' }).click()
  const menu = page.getByRole('button', { name: 'Tier Speech 2' })
  await expect(menu).toBeVisible()
  await menu.click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Name of the tier' }).fill('Second speaker')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Tier Second speaker' })).toBeVisible()
  await drag(page, 6.2, 6.8)
  await page.getByRole('button', { name: 'Tier Speech', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete tier' }).click()
  await expect(page.getByText('Speech still has segments')).toBeVisible()
  await page.getByRole('button', { name: 'Tier Second speaker' }).click()
  await page.getByRole('menuitem', { name: 'Delete tier' }).click()
  await expect(page.getByRole('button', { name: 'Tier Second speaker' })).toHaveCount(0)
})
