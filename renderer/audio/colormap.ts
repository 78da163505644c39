/** Anchors of matplotlib's magma (Smith and van der Walt, 2015, CC0), dark to light; the light theme runs the same way on paper. */
const dark: readonly string[] = ['000004', '180f3d', '440f76', '721f81', '9e2f7f', 'cd4071', 'f1605d', 'fd9668', 'feca8d', 'fcfdbf']
const light: readonly string[] = ['ffffff', 'f3eef6', 'dfd3ea', 'c3aedb', 'a283c6', '8158ad', '62338f', '45186b', '2c0d47', '140726']

/** 256 colours, red, green, blue, alpha as one little-endian number each, for quiet to loud. */
export function colormap(theme: 'dark' | 'light'): Uint32Array {
  const anchors = (theme === 'dark' ? dark : light).map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)))
  return Uint32Array.from({ length: 256 }, (_, value) => {
    const place = (value / 255) * (anchors.length - 1)
    const low = Math.min(anchors.length - 2, Math.floor(place))
    const [r, g, b] = [0, 1, 2].map((channel) => Math.round(anchors[low]![channel]! + (anchors[low + 1]![channel]! - anchors[low]![channel]!) * (place - low)))
    return ((255 << 24) | (b! << 16) | (g! << 8) | r!) >>> 0
  })
}
