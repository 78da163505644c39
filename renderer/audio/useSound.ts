import { useEffect, useState } from 'react'
import type { PeaksState } from '#shared/contract/audio.ts'
import { messageOf } from '#shared/contract/errors.ts'
import type { AudioAsset } from '#shared/model/asset.ts'
import { useSession } from '#renderer/frame/context.tsx'
import type { Client } from '#renderer/transport/client.ts'
import { hostSource, pageSource, type SoundSource } from './source.ts'
import { words } from './words.ts'

export interface Sound {
  /** Null while there is nothing to draw from. */
  readonly source: SoundSource | null
  /** What the player plays. */
  readonly url: string
  readonly notice: string | null
  readonly tone: 'neutral' | 'attention' | 'problem'
}

const pollMs = 300
/** M4A is decoded as a whole in the page, four bytes a sample: an hour in stereo is 1.3 GB at its worst. */
const longestInPage = 3600
const inPageRate = 16_000

/** What an item's sound is drawn and played from; asks until the host has it. */
export function useSound(asset: AudioAsset): Sound {
  const { client } = useSession()
  const media = client.mediaUrl(asset.id)
  const [sound, setSound] = useState<Sound & { readonly of: string }>({ of: asset.id, source: null, url: media, notice: null, tone: 'neutral' })
  useEffect(() => {
    let current = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (change: Partial<Sound>) => { if (current) setSound((was) => ({ ...(was.of === asset.id ? was : { source: null, url: media, notice: null, tone: 'neutral' as const }), ...change, of: asset.id })) }
    const ask = async () => {
      const state = await client.call('audio.peaks', { asset: asset.id })
      if (!current) return
      if (state.kind === 'working') {
        show({ notice: words.working(state.done) })
        timer = setTimeout(() => { ask().catch(failed) }, pollMs)
      } else if (state.kind === 'ready') show(ready(client, asset, state))
      else if (state.kind === 'failed') show({ notice: state.message, tone: 'problem' })
      else await inPage(asset, media, show)
    }
    const failed = (error: unknown) => show({ notice: messageOf(error), tone: 'problem' })
    ask().catch(failed)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [client, asset, media])
  return sound.of === asset.id ? sound : { source: null, url: media, notice: null, tone: 'neutral' }
}

function ready(client: Client, asset: AudioAsset, state: Extract<PeaksState, { kind: 'ready' }>): Partial<Sound> {
  const facts = { rate: state.sampleRate, channels: state.channels, frames: state.frames }
  return {
    source: hostSource(facts, (what, variant, tile) => client.tileUrl(what, asset.id, variant, tile)), url: state.seekable ? client.mediaUrl(asset.id) : client.soundUrl(asset.id),
    notice: state.complete ? null : words.incomplete, tone: 'attention',
  }
}

async function inPage(asset: AudioAsset, url: string, show: (change: Partial<Sound>) => void): Promise<void> {
  if (asset.duration > longestInPage) return show({ notice: words.tooLong(asset.name), tone: 'attention' })
  show({ notice: words.inPage })
  try {
    const bytes = await (await fetch(url)).arrayBuffer()
    // Long ones are drawn from fewer samples, so that they fit into the page's memory.
    const rate = asset.duration > 600 ? inPageRate : asset.sampleRate
    const decoded = await new OfflineAudioContext(1, 1, rate).decodeAudioData(bytes)
    const channelData = Array.from({ length: Math.min(2, decoded.numberOfChannels) }, (_, channel) => decoded.getChannelData(channel))
    show({ source: pageSource(channelData, decoded.sampleRate), notice: null, tone: 'neutral' })
  } catch (error) {
    show({ notice: words.pageFailed(asset.name, messageOf(error)), tone: 'attention' })
  }
}
