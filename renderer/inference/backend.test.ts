import { expect, test } from 'vitest'
import { chooseBackend, isSoftware, type Comparison } from './backend.ts'
import { compareBackends } from './selfTest.ts'
import { adapterOf, fakeRuntime } from './testing/fakes.ts'

const same: Comparison = { difference: 1e-6, webgpuMs: 1, wasmMs: 2, failure: null }
const never = () => Promise.reject(new Error('not to be compared'))

test('without an adapter, and with one in software, models run on WebAssembly, unasked', async () => {
  expect(await chooseBackend(null, 4, never)).toMatchObject({ kind: 'wasm', reason: { kind: 'no-webgpu' }, threads: 4 })
  expect(await chooseBackend(adapterOf({ vendor: 'google', architecture: 'swiftshader' }), 4, never)).toMatchObject({ kind: 'wasm', reason: { kind: 'software', adapter: 'google swiftshader' } })
})

test.each([{ description: 'llvmpipe (LLVM 19)' }, { fallback: true }, { device: 'Microsoft Basic Render Driver' }, { description: 'SwiftShader Device (Subzero)' }])('%o is software', (change) => {
  expect(isSoftware(adapterOf(change))).toBe(true)
})

test.each([{}, { vendor: 'apple', architecture: 'metal-3' }, { vendor: 'intel', description: 'Intel(R) Arc(TM) A770' }, { vendor: 'qualcomm', architecture: 'adreno-7xx' }])('%o is not', (change) => {
  expect(isSoftware(adapterOf(change))).toBe(false)
})

test('a graphics processor that calculates rightly is taken', async () => {
  expect(await chooseBackend(adapterOf(), 4, async () => same)).toMatchObject({ kind: 'webgpu', reason: { kind: 'graphics' }, adapter: 'nvidia ampere', comparison: same })
})

test.each([{ ...same, difference: 0.01 }, { ...same, difference: null }, { ...same, failure: 'device lost' }])('one that does not is not: %o', async (comparison) => {
  expect(await chooseBackend(adapterOf(), 4, async () => comparison)).toMatchObject({ kind: 'wasm', reason: { kind: 'disagreed', comparison } })
})

test('the self-test compares the two, and takes a failure of WebGPU for an outcome', async () => {
  expect(await compareBackends(fakeRuntime(), () => 0)).toMatchObject({ difference: 0, failure: null })
  expect(await compareBackends(fakeRuntime({ webgpu: 1.5 }), () => 0)).toMatchObject({ difference: 0.5 })
  expect(await compareBackends(fakeRuntime({ webgpu: Number.NaN }), () => 0)).toMatchObject({ difference: null })
  const broken = fakeRuntime()
  broken.failing.webgpu = 'GPUDevice lost'
  expect(await compareBackends(broken, () => 0)).toMatchObject({ failure: 'GPUDevice lost' })
  expect(broken.released).toBe(2)
})
