import type { ModelTask } from '#shared/contract/prelabel.ts'
import type { RunSettings } from '../manifest.ts'
import type { Outcome, Prediction } from '../prediction.ts'
import type { AudioSample, ImageSample, Sample } from '../sample.ts'

/** A baseline without weights: what a model must beat. `id` is a model's id. */
export interface Rule {
  readonly id: string; readonly name: string; readonly version: string; readonly task: ModelTask
  /** What it looks at. */
  readonly media: Sample['kind']
  /** In one sentence, what it does; for the list of models. */
  readonly about: string
  readonly classes: readonly string[]
  /** Default threshold of the score, 0 … 1. */
  readonly threshold: number
  /** Throws in words for an item of the other kind. */
  run(sample: Sample, settings: RunSettings): Promise<Outcome>
}

type Found = Pick<Prediction, 'className' | 'score' | 'geometry'> & Partial<Pick<Prediction, 'margin' | 'entropy'>>

/** Predictions within the settings, the surest where there are too many. */
export function outcomeOf(found: readonly Found[], { threshold, mostDetections }: RunSettings, notes: readonly string[] = []): Outcome {
  const good = found.filter(({ score }) => score >= threshold)
  const least = good.length > mostDetections ? good.map(({ score }) => score).toSorted((a, b) => b - a)[mostDetections - 1]! : 0
  const kept = good.filter(({ score }) => score >= least).slice(0, mostDetections)
  const cut = good.length > kept.length ? [`${good.length - kept.length} with the lowest scores were left out: more than ${mostDetections} were found.`] : []
  return { predictions: kept.map((each) => ({ text: null, margin: null, entropy: null, ...each })), notes: [...notes, ...cut], embedding: null }
}

export const imageRule = (rule: Omit<Rule, 'media' | 'run'>, run: (sample: ImageSample, settings: RunSettings) => Outcome): Rule => ({
  ...rule, media: 'image',
  async run(sample, settings) {
    if (sample.kind !== 'image') throw new Error(`“${rule.name}” looks at pictures; this item is a sound.`)
    const { picture } = sample
    return picture.width < 1 || picture.height < 1 ? { predictions: [], notes: ['The picture has no pixels.'], embedding: null } : run(sample, settings)
  },
})

export const audioRule = (rule: Omit<Rule, 'media' | 'run'>, run: (sample: AudioSample, settings: RunSettings) => Outcome): Rule => ({
  ...rule, media: 'audio',
  async run(sample, settings) {
    if (sample.kind !== 'audio') throw new Error(`“${rule.name}” listens to sounds; this item is a picture.`)
    return sample.samples.length === 0 ? { predictions: [], notes: ['The sound has no samples.'], embedding: null } : run(sample, settings)
  },
})
