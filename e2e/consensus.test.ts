import type { Annotation } from '#shared/model/annotation.ts'
import { expect, test } from './test.ts'

test('people’s disputes are settled one by one, blind first, each undone with one key', async ({ fresh, page, workbench }) => {
  await workbench.open(fresh.url)
  await expect(workbench.assets.getByRole('listitem').first()).toBeVisible()
  await workbench.view('Consensus')
  await workbench.button('Estimate now').click()
  const disputes = page.getByRole('list', { name: 'Disputes' }).getByRole('listitem')
  await expect(disputes.first()).toBeVisible()
  await expect(workbench.button('Take A')).toBeVisible()
  const first = await disputes.first().getAttribute('aria-label')
  expect(first).toMatch(/ · \d+ % · [A-Z]/u)

  // Nobody's name stands anywhere before it is judged.
  await expect(page.getByText('chi', { exact: true })).toHaveCount(0)
  const { rows: [row] } = await workbench.call('consensus.disputes', {})
  const open = async () => (await workbench.call('assets.open', { asset: row!.asset })).records
  const finals = async () => (await open()).filter((record): record is Annotation => record.type === 'annotation' && record.layer === 'final')
  const others = (await open()).filter((record) => record.type === 'annotation' && record.layer !== 'final')

  await page.keyboard.press('a')
  await expect(page.getByText(/^(Taken|Several taken)$/u)).toBeVisible()
  await expect.poll(async () => (await finals()).length).toBeGreaterThan(0)
  expect((await open()).filter((record) => record.type === 'annotation' && record.layer !== 'final')).toEqual(others)
  const verdict = (await open()).find((record) => record.type === 'verdict')
  expect(verdict).toMatchObject({ about: { kind: 'dispute', decision: expect.stringMatching(/^(take|several)$/u), blind: true } })
  // Then it shows who said what.
  await expect(page.getByText('ada', { exact: true }).first()).toBeVisible()
  await expect(disputes.first()).not.toHaveAttribute('aria-label', first!)

  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await finals()).length).toBe(0)
  await expect(disputes.first()).toHaveAttribute('aria-label', first!)

  await page.keyboard.press('Enter')
  await expect(page.getByText('Estimate accepted', { exact: true })).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByText('Estimate accepted', { exact: true })).toHaveCount(0)
  await expect(workbench.button('Take A')).toBeVisible()

  await page.keyboard.press('u')
  await page.getByRole('textbox', { name: 'What does the guideline leave open?' }).fill('Does a badge count as text?')
  await workbench.button('Keep the note').click()
  await workbench.button(/^Guideline notes/u).click()
  await expect(page.getByRole('dialog', { name: 'Where the guideline is unclear' }).getByText('Does a badge count as text?')).toBeVisible()
})

test('estimates are written as one change and taken back in one step; a decision stays', async ({ fresh, page, workbench }) => {
  await workbench.open(fresh.url)
  await expect(workbench.assets.getByRole('listitem').first()).toBeVisible()
  await workbench.view('Consensus')
  await workbench.button('Estimate now').click()
  await expect(workbench.button('Take A')).toBeVisible()
  await workbench.button('Write estimates').click()
  await page.getByRole('menuitem', { name: 'Settled ones only' }).click()
  const layer = async (name: string) => (await workbench.call('projects.state', {})).layers.find((each) => each.layer === (name as string))?.annotations ?? 0
  await expect.poll(() => layer('consensus')).toBeGreaterThan(10)
  await page.keyboard.press('0')
  await expect(page.getByText('None of these').first()).toBeVisible()
  await workbench.button('Take back').first().click()
  await expect.poll(() => layer('consensus')).toBe(0)
  const { total } = await workbench.call('consensus.disputes', { decided: true })
  expect(total).toBeGreaterThan(0)
})

test('agreement is measured anew at another threshold, and every chart has its table', async ({ fresh, page, workbench }) => {
  await workbench.open(fresh.url)
  await expect(workbench.assets.getByRole('listitem').first()).toBeVisible()
  await workbench.view('Quality')
  const sweep = page.getByRole('figure', { name: 'What the threshold hides' })
  await expect(sweep.getByRole('img')).toBeVisible()
  await sweep.getByRole('button', { name: /^Show the table/u }).click()
  await expect(sweep.getByRole('row')).not.toHaveCount(1)
  const alpha = page.locator('.quality__figures > div').filter({ hasText: 'Alpha, missing counted' })
  const before = await alpha.textContent()
  const slider = page.getByRole('slider', { name: 'Same from IoU' })
  await slider.focus()
  await page.keyboard.press('End')
  await expect(alpha).not.toHaveText(before!)
  const worst = page.getByRole('region', { name: 'Least agreed' })
  const saved = page.waitForEvent('download')
  await worst.getByRole('button', { name: 'Save Least agreed as CSV' }).click()
  expect((await saved).suggestedFilename()).toBe('least-agreed.csv')
  await worst.getByRole('table').getByRole('button').first().click()
  await expect(page).toHaveURL(/#\/consensus\//u)
})
