import { expect, test } from 'vitest'
import { fileNameFrom, joinPath, lastPart } from './paths.ts'

test('a folder of Windows is joined with its own slash', () => {
  expect(joinPath('C:\\Users\\Ana', 'street')).toBe('C:\\Users\\Ana\\street')
  expect(joinPath('/home/ana/', 'street')).toBe('/home/ana/street')
  expect(joinPath('/home/ana', 'street')).toBe('/home/ana/street')
  expect(lastPart('/home/ana/street/')).toBe('street')
  expect(lastPart('C:\\data\\a.jpg')).toBe('a.jpg')
})

test('a project’s name becomes a name that every file system takes', () => {
  expect(fileNameFrom('Straße: Süd/Nord?')).toBe('Straße- Süd-Nord-')
  expect(fileNameFrom('شارع')).toBe('شارع')
  expect(fileNameFrom(' ... ')).toBe('project')
})
