import type { ScreenPoint } from '#shared/geometry/point.ts'
import type { Scene } from './scene.ts'
import { centred, panBy, scaleLimits, wheelIntent, zoomAt } from './view.ts'

/** Zooms a scene so that what is at a place of the element stays there. */
export function zoomScene(scene: Scene, at: ScreenPoint, factor: number): void {
  const { extent } = scene.input
  scene.setView(zoomAt(scene.view, at, factor, scaleLimits(extent, scene.size)))
}

export const middleOf = ({ size }: Scene): ScreenPoint => ({ x: size.width / 2, y: size.height / 2 })

export function panScene(scene: Scene, dx: number, dy: number): void {
  scene.setView(panBy(scene.view, dx, dy))
}

export function actualSize(scene: Scene): void {
  const middle = middleOf(scene)
  if (scene.view.scale === 1) return
  const seen = scene.size.width > 0 ? zoomAt(scene.view, middle, 1 / scene.view.scale, [1, 1]) : centred(scene.input.extent, scene.size, 1)
  scene.setView(seen)
}

export function wheelScene(scene: Scene, event: WheelEvent, at: ScreenPoint): void {
  const intent = wheelIntent(event)
  if (intent.kind === 'zoom') zoomScene(scene, at, intent.factor)
  else panScene(scene, intent.dx, intent.dy)
}
