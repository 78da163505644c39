import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright/test'
import type { Workbench } from './pages/workbench.ts'
import { expect, test } from './test.ts'

/** What axe finds, as lines that say the rule and the place. */
async function violations(page: Page, within = 'html'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(within).analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 160)}${node.any.map(({ message }) => ` ${message}`).join('')}`))
}

const view = (name: 'Projects' | 'Label' | 'Quality' | 'Export') => (workbench: Workbench) => workbench.view(name)

const places: Readonly<Record<string, (workbench: Workbench) => Promise<unknown>>> = {
  'Label, a picture': async (workbench) => {
    await workbench.view('Label')
    await workbench.item('coffee.jpg')
    await workbench.canvas.ready()
    await workbench.annotations.getByRole('listitem').first().click()
  },
  'Label, a sound': async (workbench) => {
    await workbench.view('Label')
    await workbench.item('voice-dashwood.flac')
    await expect(workbench.page.getByRole('textbox', { name: 'Transcription' })).toBeVisible()
  },
  'Projects': view('Projects'),
  'Labels': async (workbench) => {
    await workbench.view('Projects')
    await workbench.button('Edit labels').click()
    await expect(workbench.page.getByRole('textbox', { name: 'Name', exact: true })).toBeVisible()
  },
  'Consensus': async (workbench) => {
    await workbench.view('Consensus')
    const estimate = workbench.button('Estimate now')
    const disputes = workbench.page.getByRole('list', { name: 'Disputes' }).getByRole('listitem')
    await expect(estimate.or(disputes.first())).toBeVisible()
    if (await estimate.isVisible()) await estimate.click()
    await expect(disputes.first()).toBeVisible()
    await expect(workbench.button('Accept estimate')).toBeVisible()
  },
  'Consensus, side by side with the reasons': async ({ page }) => {
    await page.keyboard.press('s')
    await page.keyboard.press('w')
    await expect(page.getByRole('application', { name: 'Side by side' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Why' })).toBeVisible()
  },
  'Consensus, an answer of one’s own': async ({ page }) => {
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+d')
    await expect(page.getByRole('list', { name: 'Your things' })).toBeVisible()
  },
  'Quality': async (workbench) => {
    await workbench.view('Quality')
    await expect(workbench.page.getByRole('figure', { name: 'By label' }).getByRole('img')).toBeVisible()
  },
  'Export': async (workbench) => {
    await workbench.view('Export')
    const plan = workbench.page.getByRole('region', { name: 'What will be written' })
    // Three people worked here, so the person is asked whose work to write.
    await expect(plan.getByRole('alert')).toBeVisible()
  },
}

const dialogs: Readonly<Record<string, { keys: string }>> = {
  'Commands': { keys: 'Control+k' }, 'Keys': { keys: '?' }, 'New project': { keys: 'Alt+n' }, 'Open project': { keys: 'Alt+o' }, 'Import': { keys: 'Control+i' },
}

for (const theme of ['light', 'dark'] as const) {
  test(`no view and no dialog has an accessibility fault in the ${theme} theme`, async ({ fresh, page, workbench }) => {
    // Many places, each looked at whole.
    test.slow()
    await workbench.open(fresh.url)
    await expect(workbench.assets.getByRole('listitem').first()).toBeVisible()
    await workbench.call('app.setSettings', { settings: { theme } })
    await page.reload()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    for (const [name, go] of Object.entries(places)) {
      await go(workbench)
      expect.soft(await violations(page), name).toEqual([])
    }
    await workbench.view('Label')
    for (const [name, { keys }] of Object.entries(dialogs)) {
      await page.locator('main').first().focus()
      await page.keyboard.press(keys)
      await expect(page.getByRole('dialog', { name, exact: true })).toBeVisible()
      expect.soft(await violations(page, '[role=dialog]'), name).toEqual([])
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
  })
}
