import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockToMilliseconds, millisecondsToClock } from './clock.ts'
import { inRate, rateOf, secondsText, ticksOf } from './decimal.ts'

test('15.000 s stays 15.000 s', () => {
  const rate = rateOf(['15.000', '14.999999'])
  expect(rate).toBe(1_000_000)
  expect(ticksOf('15.000', rate)).toEqual({ ok: true, ticks: 15_000_000, exact: true })
  expect(secondsText(15_000_000, rate, 3).text).toBe('15.000')
  expect(secondsText(14_999_999, rate).text).toBe('14.999999')
})

test('every decimal up to a nanosecond comes back', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 900_000 }), fc.integer({ min: 0, max: 999_999_999 }), (seconds, nano) => {
    const text = `${seconds}.${String(nano).padStart(9, '0')}`
    const rate = rateOf([text])
    const read = ticksOf(text, rate)
    expect(read).toMatchObject({ ok: true, exact: true })
    if (read.ok) expect(secondsText(read.ticks, rate, 9)).toEqual({ text, exact: true })
  }))
})

test('what is no time is named', () => {
  for (const text of ['', '.', 'abc', '1:30', 'NaN', 'Infinity', '1e999', '0x10', '--1']) expect(ticksOf(text, 1000), text).toEqual({ ok: false, code: 'not-a-time' })
  expect(ticksOf('-0.5', 1000)).toEqual({ ok: false, code: 'negative-time' })
  expect(ticksOf('-0.0', 1000)).toMatchObject({ ok: true, ticks: 0 })
  expect(ticksOf('1e14', 1000)).toEqual({ ok: false, code: 'out-of-range' })
  expect(ticksOf('2.5e-1', 1000)).toEqual({ ok: true, ticks: 250, exact: true })
  expect(ticksOf('2.3000000000000003', 1e9)).toEqual({ ok: true, ticks: 2_300_000_000, exact: false })
})

test('another rate rounds to the nearest tick and says so', () => {
  expect(inRate(44_100, 44_100, 1000)).toEqual({ ticks: 1000, exact: true })
  expect(inRate(1, 44_100, 1000)).toEqual({ ticks: 0, exact: false })
})

test('clock times come back', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 400_000_000 }), fc.constantFrom('.' as const, ',' as const), (time, mark) => {
    expect(clockToMilliseconds(millisecondsToClock(time, mark))).toBe(time)
  }))
  expect([clockToMilliseconds('01:02.5'), clockToMilliseconds('00:60.000'), clockToMilliseconds('1.000')]).toEqual([62_500, null, null])
})
