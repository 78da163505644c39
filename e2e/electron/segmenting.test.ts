import { expect, test } from 'playwright/test'
import { Workbench } from '../pages/workbench.ts'
import { newFolder, openApp } from './open.ts'

test.setTimeout(240_000)

test('models run in the window, with threads, over its own protocol, and what they saw is there at the next start', async () => {
  const folder = newFolder()
  for (const start of ['first', 'second']) {
    const { page, problems, close } = await openApp(folder)
    // Looking ahead would count as well.
    await page.evaluate(() => localStorage.setItem('inference.preferences', JSON.stringify({ ahead: false })))
    await page.reload()
    const workbench = new Workbench(page)
    await workbench.item('launch-pad.jpg')
    await workbench.canvas.ready()
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    await workbench.canvas.element.focus()
    await page.keyboard.press('s')
    await workbench.canvas.click({ x: 250, y: 180 })
    await expect(page.locator('.statusbar')).toContainText('Enter accepts', { timeout: 120_000 })
    await page.getByRole('button', { name: /^Models run on the/u }).click()
    await expect(page.locator('.backend__figures div').first()).toContainText(start === 'first' ? 'n = 1' : 'not yet')
    await expect(page.locator('.backend')).toContainText('1 picture kept on disk')
    expect(problems).toEqual([])
    await close()
  }
})
