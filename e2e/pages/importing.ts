import { expect, type Locator } from 'playwright/test'
import type { Workbench } from './workbench.ts'

/** The import dialog, the job and its report. */
export class Importing {
  readonly workbench: Workbench
  readonly dialog: Locator
  readonly report: Locator

  constructor(workbench: Workbench) {
    this.workbench = workbench
    this.dialog = workbench.page.getByRole('dialog', { name: 'Import', exact: true })
    this.report = workbench.page.getByRole('dialog', { name: 'Import report' })
  }

  /** Chooses a folder as a person does in the browser: types or pastes its path in our own chooser. */
  async folder(path: string): Promise<void> {
    const { page } = this.workbench
    await page.keyboard.press('Control+i')
    await this.dialog.getByRole('button', { name: 'Add folder…' }).click()
    const chooser = page.getByRole('dialog', { name: 'Add folder…' })
    await chooser.getByRole('textbox', { name: 'Folder' }).fill(path)
    await chooser.getByRole('textbox', { name: 'Folder' }).press('Enter')
    await expect(chooser).toContainText(path)
    await chooser.getByRole('button', { name: 'Choose this folder' }).click()
    await expect(this.dialog.getByRole('listitem')).toHaveText([path])
  }

  async start(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(this.dialog).toHaveCount(0)
  }

  job(name: string | RegExp): Locator {
    return this.workbench.jobs.getByRole('listitem').filter({ has: this.workbench.page.getByRole('progressbar', { name }) })
  }

  /** A figure of the report, by its name. */
  async figure(name: string): Promise<number> {
    const text = await this.report.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd').textContent()
    return Number(text?.replaceAll(/\D/g, ''))
  }
}
