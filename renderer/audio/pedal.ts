/** The part of WebHID that is needed (W3C Community Group draft, 2024); not every page has it. */
interface HidReport { readonly data: DataView }
interface HidDevice {
  readonly opened: boolean
  readonly productName: string
  open(): Promise<void>
  addEventListener(type: 'inputreport', listener: (event: HidReport) => void): void
}
interface Hid {
  requestDevice(options: { filters: readonly { vendorId?: number; usagePage?: number }[] }): Promise<readonly HidDevice[]>
  getDevices(): Promise<readonly HidDevice[]>
}

/** Makers of foot pedals that are no keyboards: P. I. Engineering and VEC (0x05f3), Philips (0x0911), Olympus (0x07b4), Grundig (0x15d8). */
const makers = [0x05f3, 0x0911, 0x07b4, 0x15d8]

export const hid = (): Hid | null => ('hid' in navigator ? (navigator as unknown as { hid: Hid }).hid : null)

/** What changed between two reports: the numbers of pedals (from 1, by the order of the bits that are used) that went down and up. */
export function pedalChanges(before: number, now: number, seen: readonly number[]): { readonly down: readonly number[]; readonly up: readonly number[]; readonly seen: readonly number[] } {
  const bits: number[] = []
  for (let bit = 0; bit < 32; bit++) if (((before ^ now) >>> bit) & 1) bits.push(bit)
  const known = [...new Set([...seen, ...bits])].sort((a, b) => a - b)
  const number = (bit: number) => known.indexOf(bit) + 1
  return { down: bits.filter((bit) => (now >>> bit) & 1).map(number), up: bits.filter((bit) => !((now >>> bit) & 1)).map(number), seen: known }
}

/** Reports of up to four bytes as one number. */
const asNumber = ({ data }: HidReport): number => {
  let value = 0
  for (let at = 0; at < Math.min(4, data.byteLength); at++) value |= data.getUint8(at) << (8 * at)
  return value >>> 0
}

/** Left, middle and right pedal of the usual three lie in the lowest bits. */
const usualBits = [0, 1, 2]

export type PedalListener = (key: string, down: boolean) => void

async function listen(device: HidDevice, heard: PedalListener): Promise<void> {
  if (!device.opened) await device.open()
  let before = 0
  let seen: readonly number[] = usualBits
  device.addEventListener('inputreport', (report) => {
    const now = asNumber(report)
    const changes = pedalChanges(before, now, seen)
    before = now
    seen = changes.seen
    for (const pedal of changes.down) heard(`Pedal${pedal}`, true)
    for (const pedal of changes.up) heard(`Pedal${pedal}`, false)
  })
}

/** Asks the person for a pedal; must run in answer to a key or a click. Its name, or null when none was chosen. */
export async function choosePedal(heard: PedalListener): Promise<string | null> {
  const devices = (await hid()?.requestDevice({ filters: makers.map((vendorId) => ({ vendorId })) })) ?? []
  for (const device of devices) await listen(device, heard)
  return devices[0]?.productName ?? null
}

/** Pedals that the person has allowed before work at once. */
export async function knownPedals(heard: PedalListener): Promise<void> {
  for (const device of (await hid()?.getDevices()) ?? []) await listen(device, heard).catch(() => undefined)
}
