import { expect, type Locator, type Page } from 'playwright/test'
import type { Input, Method, Output } from '#shared/contract/api.ts'
import type { Change } from '#shared/model/change.ts'
import { CanvasPage } from './canvas.ts'

/** The window as a person knows it: by the names of the interface. */
export class Workbench {
  readonly page: Page
  readonly canvas: CanvasPage
  readonly status: Locator
  readonly assets: Locator
  readonly annotations: Locator
  readonly labels: Locator
  readonly attributes: Locator
  readonly jobs: Locator
  readonly messages: Locator

  constructor(page: Page) {
    this.page = page
    this.canvas = new CanvasPage(page)
    this.status = page.locator('.statusbar').getByRole('status')
    this.assets = page.getByRole('list', { name: 'Assets' })
    this.annotations = page.getByRole('list', { name: 'Annotations' })
    this.labels = page.getByRole('listbox', { name: 'Labels' })
    this.attributes = page.getByRole('form', { name: 'Attributes' })
    this.jobs = page.getByRole('region', { name: 'Jobs' })
    this.messages = page.getByRole('region', { name: 'Messages' })
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url)
    await expect(this.page.getByRole('navigation', { name: 'Views' })).toBeVisible()
  }

  async view(name: 'Projects' | 'Label' | 'Consensus' | 'Quality' | 'Export'): Promise<void> {
    const link = this.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true })
    await link.click()
    await expect(link).toHaveAttribute('aria-current', 'page')
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
  }

  async tool(name: 'Select' | 'Pan' | 'Box' | 'Rotated box' | 'Polygon'): Promise<void> {
    await this.page.getByRole('toolbar', { name: 'Tools' }).getByRole('button', { name, exact: true }).click()
  }

  async label(name: string): Promise<void> {
    await this.labels.getByRole('option', { name, exact: true }).click()
  }

  async saved(): Promise<void> {
    await expect(this.status).toHaveAccessibleName('Saved')
  }

  /** Opens the item of this name from the list. */
  async item(name: string): Promise<void> {
    await this.assets.getByRole('listitem', { name: new RegExp(`^${name.replaceAll('.', '\\.')},`) }).click()
  }

  async choose(scope: Locator | Page, field: string, option: string): Promise<void> {
    await scope.getByRole('combobox', { name: field, exact: true }).click()
    await this.page.getByRole('option', { name: option, exact: true }).click()
  }

  /** Asks the host what the page would ask it. */
  async call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    const answer = await this.page.request.post(`${new URL(this.page.url()).origin}/api/${method}`, { data: input })
    const reply = await answer.json()
    if (!reply.ok) throw new Error(`${method}: ${reply.error.message}`)
    return reply.value
  }

  /** The whole log. */
  async changes(): Promise<Change[]> {
    return (await this.call('changes.list', { since: 0, limit: 10_000 })).changes
  }

  /** The changes that `work` brings about, when they are saved. */
  async during(work: () => Promise<void>): Promise<Change[]> {
    const { length } = await this.changes()
    await work()
    await expect.poll(async () => (await this.changes()).length).toBeGreaterThan(length)
    await this.saved()
    return (await this.changes()).slice(length)
  }
}
