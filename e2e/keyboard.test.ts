import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { patchedPng } from './fixtures/picture.ts'
import { Importing } from './pages/importing.ts'
import { newFolder } from './serve.ts'
import { expect, test } from './test.ts'

/** Tab until what has the focus is called so; a person finds everything by Tab alone. */
async function tabTo(page: Page, role: 'button' | 'textbox' | 'combobox' | 'link' | 'radio' | 'listitem', name: string | RegExp): Promise<void> {
  await tab(page, page.getByRole(role, typeof name === 'string' ? { name, exact: true } : { name }))
}

async function tab(page: Page, to: Locator): Promise<void> {
  const wanted = to.and(page.locator(':focus'))
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.count() > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${String(to)}.`)
}

test('from the first start to an exported folder without the mouse', async ({ fresh, page, workbench }) => {
  const folder = newFolder()
  const pictures = join(folder, 'pictures')
  mkdirSync(pictures)
  for (const seed of [1, 2, 3]) writeFileSync(join(pictures, `${seed}.png`), patchedPng(seed))
  await workbench.open(fresh.url)
  await expect(workbench.assets.getByRole('listitem').first()).toBeVisible()

  // Who I am, by the palette.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('who i am')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Who are you?' }).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Ada')
  await page.keyboard.press('Enter')
  await expect(workbench.button('You: Ada')).toBeVisible()

  await page.keyboard.press('Alt+n')
  await expect(page.getByRole('dialog', { name: 'New project' }).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Tiles')
  await tabTo(page, 'textbox', 'Folder')
  await page.keyboard.type(folder)
  await tabTo(page, 'textbox', 'Labels')
  await page.keyboard.type('light\ndark')
  await tabTo(page, 'button', 'New project')
  await page.keyboard.press('Enter')
  await expect(workbench.button('Project: Tiles')).toBeVisible()

  const importing = new Importing(workbench)
  await page.keyboard.press('Control+i')
  await expect(importing.dialog).toBeVisible()
  await tabTo(page, 'button', 'Add folder…')
  await page.keyboard.press('Enter')
  const chooser = page.getByRole('dialog', { name: 'Add folder…' })
  await expect(chooser).toBeVisible()
  await tabTo(page, 'textbox', 'Folder')
  await page.keyboard.press('Control+a')
  await page.keyboard.type(pictures)
  await page.keyboard.press('Enter')
  await expect(chooser).toContainText(pictures)
  await tabTo(page, 'button', 'Choose this folder')
  await page.keyboard.press('Enter')
  await expect(importing.dialog.getByRole('listitem')).toHaveText([pictures])
  await tabTo(page, 'button', 'Import')
  await page.keyboard.press('Enter')
  await expect(workbench.messages).toContainText('done, 3 items')

  // An item's text and label say something of it without drawing.
  await page.keyboard.press('Alt+2')
  const first = await workbench.canvas.ready()
  await page.keyboard.press('n')
  await expect(workbench.canvas.element).not.toHaveAttribute('data-asset', first)
  await page.keyboard.press('Shift+N')
  await workbench.canvas.ready(first)
  await workbench.canvas.element.focus()
  await tab(page, page.getByText('About the whole item', { exact: true }))
  await page.keyboard.press('Enter')
  await tabTo(page, 'combobox', 'Label')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name: 'no label', exact: true })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('option', { name: 'light', exact: true })).toBeFocused()
  const [labelled] = await workbench.during(() => page.keyboard.press('Enter'))
  expect(Object.values(labelled!.diff.added)).toMatchObject([{ type: 'annotation', geometry: { kind: 'item' }, author: 'Ada' }])
  await page.keyboard.press('Shift+Tab')
  const [submitted] = await workbench.during(() => page.keyboard.press('Control+Enter'))
  expect(submitted).toMatchObject({ name: 'submit item', asset: first })

  await page.keyboard.press('Alt+5')
  await expect(page.getByText(/^Snapshot/)).toBeVisible()
  await tabTo(page, 'textbox', 'Into the folder')
  await page.keyboard.type(folder)
  await tabTo(page, 'textbox', 'Folder’s name')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('out')
  await tabTo(page, 'button', 'Export')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^Wrote .* to .*out$/)).toBeVisible()
  expect(existsSync(join(folder, 'out', 'annotations'))).toBe(true)
})
