import { join } from 'node:path'
import type { Label } from '#shared/model/label.ts'
import type { Workbench } from './pages/workbench.ts'
import { newFolder } from './serve.ts'
import { expect, prepare, label, test } from './test.ts'

const labelOf = async (workbench: Workbench, name: string): Promise<Label> => {
  const found = (await workbench.call('projects.state', {})).labels.find((label) => label.name === name)
  if (found === undefined) throw new Error(`There is no label ${name}.`)
  return found
}

test('a project is made and renamed; its labels get colours, glyphs, keys, kinds and attributes of every type', async ({ fresh, page, workbench }) => {
  const folder = newFolder()
  await workbench.open(fresh.url)
  await workbench.view('Projects')
  await workbench.button(/^New project/).first().click()
  const dialog = page.getByRole('dialog', { name: 'New project' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Straße نقل')
  await dialog.getByRole('textbox', { name: 'Folder' }).fill(folder)
  await dialog.getByRole('textbox', { name: 'Labels' }).fill('car\nbicycle')
  await dialog.getByRole('button', { name: 'New project' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(workbench.button('Project: Straße نقل')).toBeVisible()
  const made = await workbench.call('projects.state', {})
  expect(made.path).toBe(join(folder, 'Straße نقل'))
  expect(made.labels.map(({ name }) => name)).toEqual(['car', 'bicycle'])

  const name = page.getByRole('region', { name: 'This project' }).getByRole('textbox', { name: 'Name' })
  await name.fill('Street')
  await name.press('Enter')
  await workbench.saved()
  await expect(workbench.button('Project: Street')).toBeVisible()

  await workbench.button('Edit labels').click()
  await workbench.button('Add label').click()
  const field = page.getByRole('textbox', { name: 'Name', exact: true })
  await field.fill('traffic light')
  await field.press('Enter')
  await page.getByRole('radio', { name: 'Purple' }).click()
  await page.getByRole('radio', { name: 'moon' }).click()
  await page.getByRole('button', { name: 'Key', exact: true }).click()
  await page.keyboard.press('t')
  await page.getByRole('checkbox', { name: 'Polygon' }).click()
  await page.getByRole('checkbox', { name: 'Box', exact: true }).click()
  await workbench.saved()
  expect(await labelOf(workbench, 'traffic light')).toMatchObject({ color: '#87119e', glyph: 'moon', hotkey: 'T', kinds: ['box', 'polygon'] })

  const attributes = page.getByRole('region', { name: 'Attributes' })
  for (const [name, type] of [['Note', 'Text'], ['Lanes', 'Number'], ['Lit', 'Checkbox'], ['Colour', 'One of'], ['Faces', 'Any of']] as const) {
    await attributes.getByRole('button', { name: 'Add attribute' }).click()
    const added = attributes.getByRole('group').last()
    await added.getByRole('textbox', { name: 'Question' }).fill(name)
    await added.getByRole('textbox', { name: 'Question' }).press('Enter')
    const group = attributes.getByRole('group', { name })
    if (type !== 'Text') await workbench.choose(group, 'Answer', type)
    await expect(group.getByRole('combobox', { name: 'Answer' })).toHaveText(type)
  }
  const lanes = attributes.getByRole('group', { name: 'Lanes' })
  await lanes.getByRole('textbox', { name: 'Least' }).fill('1')
  await lanes.getByRole('textbox', { name: 'Most' }).fill('8')
  await lanes.getByRole('textbox', { name: 'Default' }).fill('2')
  await lanes.getByRole('textbox', { name: 'Default' }).press('Enter')
  await lanes.getByRole('checkbox', { name: 'Required' }).click()
  const colour = attributes.getByRole('group', { name: 'Colour' })
  await colour.getByRole('textbox', { name: 'Options, one a line' }).fill('red\namber\ngreen')
  await colour.getByRole('textbox', { name: 'Options, one a line' }).blur()
  await workbench.choose(colour, 'Default', 'green')
  await workbench.saved()
  await expect.poll(async () => (await labelOf(workbench, 'traffic light')).attributes).toMatchObject([
    { name: 'Note', type: 'text' },
    { name: 'Lanes', type: 'number', min: 1, max: 8, default: 2, required: true },
    { name: 'Lit', type: 'checkbox' },
    { name: 'Colour', type: 'select', options: ['red', 'amber', 'green'], default: 'green' },
    { name: 'Faces', type: 'multi-select' },
  ])

  const { schemaVersion } = await workbench.call('projects.state', {})
  await workbench.button('Versions').click()
  await expect(page.getByText(`Version ${schemaVersion}`, { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
})

test('labels in use are renamed, merged and deleted with their annotations asked about, and all of it can be undone', async ({ page, start, workbench }) => {
  const prepared = prepare([label('person'), label('cup'), label('mug')], ['coffee.jpg'])
  const { url } = await start(prepared)
  await workbench.open(url)
  await workbench.view('Label')
  await workbench.canvas.ready()
  await workbench.tool('Box')
  for (const [index, name] of ['cup', 'mug', 'mug', 'person'].entries()) {
    await workbench.label(name)
    await workbench.during(async () => { await workbench.canvas.drag({ x: 30 + 120 * index, y: 50 }, { x: 100 + 120 * index, y: 150 }) })
    // The new shape is selected, and the next label would be given to it.
    await page.keyboard.press('Escape')
    await workbench.tool('Select')
    await workbench.canvas.click({ x: 500, y: 380 })
    await workbench.tool('Box')
  }
  const shapes = (name: string) => workbench.annotations.getByRole('listitem', { name: new RegExp(`^${name} · `) })
  await expect(shapes('mug')).toHaveCount(2)

  const labels = async () => (await workbench.call('projects.state', {})).labels.map(({ name }) => name)
  const usage = async (name: string) => (await workbench.call('labels.usage', { label: (await labelOf(workbench, name)).id })).annotations
  await workbench.view('Projects')
  await workbench.button('Edit labels').click()
  const list = page.getByRole('listbox', { name: 'Labels' })

  await list.getByRole('option', { name: /person/ }).click()
  const field = page.getByRole('textbox', { name: 'Name', exact: true })
  await field.fill('rider')
  await field.press('Enter')
  await workbench.saved()
  expect(await labels()).toEqual(['rider', 'cup', 'mug'])

  await list.getByRole('option', { name: /mug/ }).click()
  await workbench.button('Merge into…').click()
  const merge = page.getByRole('alertdialog', { name: 'Merge “mug” into another label' })
  await expect(merge).toContainText('2 annotations on 1 item')
  await workbench.choose(merge, 'Into', 'cup')
  await merge.getByRole('button', { name: 'Merge' }).click()
  await expect.poll(labels).toEqual(['rider', 'cup'])
  expect(await usage('cup')).toBe(3)

  await list.getByRole('option', { name: /cup/ }).click()
  await workbench.button('Delete…').click()
  const remove = page.getByRole('alertdialog', { name: 'Delete “cup”' })
  await expect(remove).toContainText('3 annotations on 1 item')
  await remove.getByRole('radio', { name: 'They stay, without a label' }).click()
  await remove.getByRole('button', { name: 'Delete label' }).click()
  await expect.poll(labels).toEqual(['rider'])

  await workbench.view('Label')
  await workbench.canvas.ready()
  await expect(shapes('no label')).toHaveCount(3)
  await expect(shapes('rider')).toHaveCount(1)

  await workbench.view('Projects')
  await workbench.button('Undo').click()
  await expect.poll(labels).toEqual(['rider', 'cup'])
  await workbench.button('Undo').click()
  await expect.poll(labels).toEqual(['rider', 'cup', 'mug'])
  await workbench.button('Undo').click()
  await expect.poll(labels).toEqual(['person', 'cup', 'mug'])
  expect([await usage('cup'), await usage('mug'), await usage('person')]).toEqual([1, 2, 1])
  await workbench.view('Label')
  await workbench.canvas.ready()
  await expect(shapes('mug')).toHaveCount(2)
  await expect(shapes('cup')).toHaveCount(1)
})
