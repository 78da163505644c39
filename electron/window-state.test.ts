import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fitted, readWindowState, writeWindowState, type WindowState } from './window-state.ts'

const laptop = { x: 0, y: 0, width: 1280, height: 720 }
const beside = { x: 1280, y: 0, width: 3840, height: 2160 }
const state: WindowState = { x: 1500, y: 100, width: 1400, height: 900, maximized: false, theme: 'dark' }

test('what is written is read back', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'quorum-')), 'window.json')
  writeWindowState(path, state)
  expect(readWindowState(path)).toEqual(state)
})

test('a missing or damaged file is a first start', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'quorum-')), 'window.json')
  const first = readWindowState(path)
  writeFileSync(path, '{"width": 1e9')
  expect(readWindowState(path)).toEqual(first)
  writeFileSync(path, JSON.stringify({ ...state, width: 3 }))
  expect(readWindowState(path)).toEqual(first)
})

test('a screen that was unplugged leaves the window on the one there is, no larger than it', () => {
  expect(fitted(state, [laptop, beside])).toMatchObject({ x: 1500, y: 100 })
  expect(fitted(state, [laptop])).toMatchObject({ x: null, y: null, width: 1280, height: 720 })
})
