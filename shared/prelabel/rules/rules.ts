import { energyStretches } from './energyVad.ts'
import { grabCut } from './grabCut.ts'
import { audioRule, imageRule, outcomeOf, type Rule } from './rule.ts'
import { boxAround, findShapes } from './shapes.ts'
import { findTextLines } from './textLines.ts'
import { pictureKind, soundKind } from './wholeItem.ts'

/** The part of a picture that GrabCut takes for the object's box when nobody has drawn one: all but a rim. */
const rim = 0.05

/** The baselines, one for every kind of answer, by id. They are listed beside the models, as `kind: 'rule'`. */
export const rules: readonly Rule[] = [
  imageRule({
    id: 'rule-boxes', name: 'Boxes by threshold', version: '1', task: 'detect', classes: ['object'], threshold: 0.6,
    about: 'Boxes around what is darker or lighter than the background (Otsu\'s threshold, connected parts).',
  }, (sample, settings) => outcomeOf(findShapes(sample).map(({ polygon, score }) => ({ className: 'object', score, geometry: boxAround(polygon) })), settings)),
  imageRule({
    id: 'rule-outlines', name: 'Outlines by threshold', version: '1', task: 'segment', classes: ['object'], threshold: 0.6,
    about: 'Polygons around what is darker or lighter than the background (Otsu\'s threshold, contours).',
  }, (sample, settings) => outcomeOf(findShapes(sample).map(({ polygon, score }) => ({ className: 'object', score, geometry: polygon })), settings)),
  imageRule({
    id: 'rule-grabcut', name: 'GrabCut', version: '1', task: 'prompt-segment', classes: ['object'], threshold: 0.5,
    about: 'The outline of the object in a box, by its colours; over a whole picture, of what differs from its rim.',
  }, (sample, settings) => {
    const { width, height } = sample
    const found = grabCut(sample, { x: width * rim, y: height * rim, width: width * (1 - 2 * rim), height: height * (1 - 2 * rim) })
    return outcomeOf(found ? [{ className: 'object', score: found.score, geometry: found.polygon }] : [], settings, found ? [] : ['Nothing stands out from the rim of the picture.'])
  }),
  imageRule({
    id: 'rule-text-lines', name: 'Text lines by profile', version: '1', task: 'text-detect', classes: ['text'], threshold: 0.3,
    about: 'Lines of a printed page, by where rows hold ink (projection profiles); made for pages, not for scenes.',
  }, (sample, settings) => outcomeOf(findTextLines(sample).map(({ line, score }) => ({ className: 'text', score, geometry: line })), settings)),
  imageRule({
    id: 'rule-picture-kind', name: 'Page or photo', version: '1', task: 'classify', classes: ['page', 'photo'], threshold: 0,
    about: 'Whether most of the picture is one grey (a page) or not (a photo). Nothing clever: what a classifier must beat.',
  }, (sample, settings) => outcomeOf([{ ...pictureKind(sample), geometry: { kind: 'item' } }], settings)),
  audioRule({
    id: 'rule-energy', name: 'Speech by loudness', version: '1', task: 'voice-activity', classes: ['speech'], threshold: 0.5,
    about: 'Stretches louder than the noise around them; the threshold ½ is 10 dB above it.',
  }, (sample, settings) => outcomeOf(energyStretches(sample, settings.threshold).map(({ start, end, score }) => ({ className: 'speech', score, geometry: { kind: 'stretch', start, end } })), settings)),
  audioRule({
    id: 'rule-sound-kind', name: 'Sound or silence', version: '1', task: 'classify', classes: ['sound', 'silence'], threshold: 0,
    about: 'Whether anything is louder than the noise. Nothing clever: what a classifier must beat.',
  }, (sample, settings) => outcomeOf([{ ...soundKind(sample), geometry: { kind: 'item' } }], settings)),
]

export const ruleById = (id: string): Rule | undefined => rules.find((rule) => rule.id === id)
