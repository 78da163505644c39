import type { AttributeDefinition } from '#shared/model/attribute.ts'
import type { GeometryKind } from '#shared/model/geometry.ts'
import type { labelColors } from '#shared/model/palette.ts'

export const words = {
  colorNames: {
    '#1795fa': 'Blue', '#f52311': 'Red', '#c1ac15': 'Gold', '#43fee2': 'Turquoise', '#87119e': 'Purple', '#f996a6': 'Pink', '#458b68': 'Green', '#a7fb0f': 'Lime', '#ea3fbf': 'Magenta', '#a2c5ff': 'Pale blue', '#9a2733': 'Maroon', '#2e28ea': 'Indigo',
  } satisfies Record<(typeof labelColors)[number], string>,
  title: 'Labels', add: 'Add label', newName: 'label', addChange: 'add label', edit: 'edit label', rename: 'rename label', reorder: 'reorder labels', none: 'No labels yet', noneHint: 'A label is a class you can give to a shape, a line of text or a whole item.',
  noProject: 'No project is open', noProjectHint: 'Open a project to edit its labels.', projects: 'Go to projects', choose: 'Choose a label', find: 'Find a label', moveHint: 'Alt+↑ and Alt+↓ move the chosen label; dragging does too.',
  name: 'Name', nameEmpty: 'A label needs a name.', nameTaken: 'There is a label of this name. Merge this one into it instead.', color: 'Colour', otherColor: 'Other colour', glyph: 'Glyph', hotkey: 'Key', hotkeyHint: 'Press one key. Backspace takes it away.', hotkeyNone: 'none', hotkeyPress: 'Press a key',
  hotkeyTaken: (name: string) => `“${name}” has this key too; the first in the list gets it.`, kinds: 'May be drawn as', kindsHint: 'Nothing chosen means anything.', parent: 'Group', parentHint: 'A heading in the list; COCO’s supercategory.',
  merge: 'Merge into…', remove: 'Delete…', mergeTitle: (name: string) => `Merge “${name}” into another label`, removeTitle: (name: string) => `Delete “${name}”`, into: 'Into', cancel: 'Cancel', close: 'Close',
  usage: (annotations: number, assets: number) => `${annotations.toLocaleString()} ${annotations === 1 ? 'annotation' : 'annotations'} on ${assets.toLocaleString()} ${assets === 1 ? 'item' : 'items'} have this label.`, unused: 'No annotation has this label.',
  where: 'Where do they go?', move: 'To another label', unlabel: 'They stay, without a label', drop: 'They are deleted', mergeDo: 'Merge', removeDo: 'Delete label', counting: 'Counting annotations', undoHint: 'You can undo this.',
  versions: 'Versions', versionsExplain: 'Each change of the labels is a version; the newest is first.', version: (n: number) => `Version ${n}`, at: (ms: number) => new Date(ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }), loading: 'Reading versions',
  attributes: 'Attributes', noAttributes: 'Attributes ask for more about each annotation: occluded, brand, speaker …', addAttribute: 'Add attribute', attributeName: 'Question', attributeType: 'Answer', required: 'Required', default: 'Default', noDefault: 'none', min: 'Least', max: 'Most', options: 'Options, one a line', optionsEmpty: 'Write at least one option.',
  badNumber: 'Write a number inside the range.', badRange: 'The least must not be above the most.', removeAttribute: (name: string) => `Delete attribute ${name}`, up: (name: string) => `Move ${name} up`, newAttribute: 'attribute', newOption: 'option', yes: 'checked', no: 'not checked',
  types: { text: 'Text', number: 'Number', checkbox: 'Checkbox', select: 'One of', 'multi-select': 'Any of' } satisfies Record<AttributeDefinition['type'], string>,
  kindNames: { box: 'Box', 'rotated-box': 'Rotated box', polygon: 'Polygon', mask: 'Mask', polyline: 'Polyline', points: 'Points', keypoints: 'Keypoints', 'text-line': 'Text line', segment: 'Time segment', item: 'Whole item' } satisfies Record<GeometryKind, string>,
}
