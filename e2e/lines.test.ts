import { expect, test, type Page } from 'playwright/test'
import { serve, type Serving } from './serve.ts'

let serving: Serving
test.beforeAll(async () => {
  serving = await serve()
})
test.afterAll(() => serving.close())

/** Opens the practice project's page with the canvas in hand. From here on a test touches the keyboard alone. */
async function openPage(page: Page) {
  await page.goto(serving.url)
  await page.getByRole('list', { name: 'Assets' }).getByText('scanned-page.png').click()
  const canvas = page.getByRole('application', { name: 'Canvas' })
  await expect(canvas).toHaveAttribute('data-ready', 'true')
  await canvas.focus()
}
const lines = (page: Page) => page.getByRole('list', { name: 'Lines' }).getByRole('listitem')
const texts = async (page: Page) => (await lines(page).allTextContents()).map((row) => row.replace(/^\d+/u, ''))

test('a whole page is typed without the mouse: insert, type, split, merge, mark, order', async ({ page }) => {
  await openPage(page)
  const { keyboard } = page
  await keyboard.press('l')
  for (const text of ['Region-based segmentation', 'Let us first determine markers of the coins', 'and the background.']) {
    await keyboard.press('Alt+i')
    await expect(page.getByRole('textbox', { name: /^Text of line/u })).toBeFocused()
    await keyboard.type(text)
  }
  await keyboard.press('Shift+Enter')
  await expect(page.getByRole('textbox', { name: 'Text of line 2 of 3' })).toBeFocused()
  expect(await texts(page)).toEqual(['Region-based segmentation', 'Let us first determine markers of the coins', 'and the background.'])

  await keyboard.press('Home')
  for (let i = 0; i < 3; i++) await keyboard.press('Control+ArrowRight')
  await keyboard.press('Alt+s')
  await expect(page.getByRole('textbox', { name: 'Text of line 3 of 4' })).toBeFocused()
  expect(await texts(page)).toEqual(['Region-based segmentation', 'Let us first', 'determine markers of the coins', 'and the background.'])

  await keyboard.press('Shift+Enter')
  await keyboard.press('Alt+j')
  await expect(lines(page)).toHaveCount(3)
  expect((await texts(page))[1]).toBe('Let us first determine markers of the coins')
  await keyboard.type(' |')
  await keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Text of line 3 of 3' })).toBeFocused()
  expect((await texts(page))[1]).toBe('Let us first | determine markers of the coins')

  await keyboard.press('Alt+ArrowUp')
  expect((await texts(page))[1]).toBe('and the background.')
  await expect(page.getByRole('textbox', { name: 'Text of line 2 of 3' })).toBeFocused()
  await keyboard.press('Alt+ArrowDown')
  await keyboard.press('End')
  await keyboard.press('Alt+u')
  await expect(page.locator('.lines [data-span="unclear"]')).toHaveText('background.')
  await keyboard.press('Alt+Shift+x')
  await expect(page.getByRole('button', { name: 'Illegible' })).toHaveAttribute('aria-pressed', 'true')
  await keyboard.press('Alt+Delete')
  await expect(lines(page)).toHaveCount(2)
  await keyboard.press('Control+z')
  await expect(lines(page)).toHaveCount(3)
  await keyboard.press('Escape')
  await expect(page.getByRole('application', { name: 'Canvas' })).toHaveAttribute('data-ready', 'true')

  await page.reload()
  await openPage(page)
  await keyboard.press('l')
  await expect(lines(page)).toHaveCount(3)
  expect(await texts(page)).toEqual(['Region-based segmentation', 'Let us first | determine markers of the coins', 'and the background.'])
})

test('right-to-left text is typed, saved in its normal form and read in its direction', async ({ page }) => {
  await openPage(page)
  const { keyboard } = page
  await keyboard.press('l')
  await keyboard.press('Alt+i')
  await keyboard.insertText('سلام cafe\u0301 ١٢٣')
  await keyboard.press('Alt+i')
  await expect(lines(page).filter({ hasText: 'سلام caf\u00e9 ١٢٣' })).toHaveCount(1)
  await keyboard.press('Shift+Enter')
  const field = page.getByRole('textbox', { name: /^Text of line/u })
  await expect(field).toHaveValue('سلام caf\u00e9 ١٢٣')
  expect(await field.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
})
