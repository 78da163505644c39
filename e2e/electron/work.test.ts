import { expect, test } from 'playwright/test'
import { Workbench } from '../pages/workbench.ts'
import { call, newFolder, openApp } from './open.ts'

/** A photo on which nobody has drawn anything. */
const photo = 'launch-pad.jpg'

test('a box drawn in the window outlives the host and the window, and so does its undo', async () => {
  const folder = newFolder()
  const first = await openApp(folder)
  const workbench = new Workbench(first.page)
  await first.page.getByRole('button', { name: 'Choose a name' }).click()
  const who = first.page.getByRole('dialog', { name: 'Who are you?' })
  await who.getByRole('textbox', { name: 'Name' }).fill('Ada')
  await who.getByRole('button', { name: 'Change name' }).click()
  await workbench.item(photo)
  await workbench.canvas.ready()
  await workbench.label('person')
  await workbench.tool('Box')
  await workbench.canvas.drag({ x: 100, y: 100 }, { x: 250, y: 200 })
  const mine = workbench.annotations.getByRole('listitem', { name: 'person · box · Ada' })
  await expect(mine).toHaveCount(1)
  await workbench.saved()

  // The button is down when the host dies.
  await workbench.canvas.dragDuring({ x: 300, y: 100 }, { x: 400, y: 200 }, async () => process.kill(first.host(), 'SIGKILL'))
  await expect(workbench.messages).toContainText('was started again. Everything saved is there.')
  await expect(mine).toHaveCount(2)
  await workbench.saved()
  const { changes } = await call(first.page, 'changes.list', { since: 0, limit: 1000 }) as { changes: { name: string }[] }
  expect(changes.filter(({ name }) => name === 'draw box')).toHaveLength(2)
  expect(first.problems).toEqual([])
  await first.close()

  const second = await openApp(folder)
  const again = new Workbench(second.page)
  await again.item(photo)
  await again.canvas.ready()
  const still = again.annotations.getByRole('listitem', { name: 'person · box · Ada' })
  await expect(still).toHaveCount(2)
  await again.button('Undo').click()
  await expect(still).toHaveCount(1)
  await again.button('Undo').click()
  await expect(still).toHaveCount(0)
  await expect(again.button('Undo')).toBeDisabled()
  await again.button('Redo').click()
  await expect(still).toHaveCount(1)
  await again.saved()
  expect(second.problems).toEqual([])
  await second.close()
})
