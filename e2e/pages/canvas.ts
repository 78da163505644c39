import { expect, type Locator, type Page } from 'playwright/test'

export interface Point { readonly x: number; readonly y: number }

/** The picture with its shapes. Points are pixels of the image unless they are said to be of the screen. */
export class CanvasPage {
  readonly page: Page
  readonly element: Locator

  constructor(page: Page) {
    this.page = page
    this.element = page.getByRole('application', { name: 'Canvas' })
  }

  /** Waits until the picture of this item (of any, when none is named) and its shapes are drawn. */
  async ready(asset?: string): Promise<string> {
    await expect(this.element).toHaveAttribute('data-ready', 'true')
    if (asset !== undefined) await expect(this.element).toHaveAttribute('data-asset', asset)
    return (await this.element.getAttribute('data-asset'))!
  }

  async scale(): Promise<number> {
    return Number(await this.element.getAttribute('data-scale'))
  }

  async #transform() {
    const [x, y] = await Promise.all(['x', 'y'].map((axis) => this.element.getAttribute(`data-offset-${axis}`)))
    const box = (await this.element.boundingBox())!
    return { scale: await this.scale(), left: box.x + Number(x), top: box.y + Number(y) }
  }

  /** The whole pixel of the screen nearest to a point of the image, and the point of the image that it stands for. */
  async #aim(at: Point): Promise<{ screen: Point; image: Point }> {
    const { scale, left, top } = await this.#transform()
    const screen = { x: Math.round(left + at.x * scale), y: Math.round(top + at.y * scale) }
    return { screen, image: { x: (screen.x - left) / scale, y: (screen.y - top) / scale } }
  }

  /** Drags along points; answers which points of the image these were. */
  async drag(...points: Point[]): Promise<Point[]> {
    const aims = await Promise.all(points.map((point) => this.#aim(point)))
    const [first, ...others] = aims
    await this.page.mouse.move(first!.screen.x, first!.screen.y)
    await this.page.mouse.down()
    for (const { screen } of others) await this.page.mouse.move(screen.x, screen.y, { steps: others.length > 1 ? 1 : 3 })
    await this.page.mouse.up()
    return aims.map(({ image }) => image)
  }

  /** Drags from one point to another; `meanwhile` happens while the button is down. */
  async dragDuring(from: Point, to: Point, meanwhile: () => Promise<unknown>): Promise<void> {
    const [start, end] = await Promise.all([this.#aim(from), this.#aim(to)])
    await this.page.mouse.move(start.screen.x, start.screen.y)
    await this.page.mouse.down()
    await this.page.mouse.move(end.screen.x, end.screen.y, { steps: 2 })
    await meanwhile()
    await this.page.mouse.up()
  }

  async click(at: Point, options: { double?: boolean } = {}): Promise<Point> {
    const { screen, image } = await this.#aim(at)
    await this.page.mouse.click(screen.x, screen.y, { clickCount: options.double ? 2 : 1 })
    return image
  }

  async move(at: Point): Promise<Point> {
    const { screen, image } = await this.#aim(at)
    await this.page.mouse.move(screen.x, screen.y)
    return image
  }
}
