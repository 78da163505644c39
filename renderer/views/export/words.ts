export const words = {
  title: 'Export', noProject: 'No project is open', noProjectHint: 'Open a project to export its annotations.', projects: 'Go to projects', format: 'Format', layer: 'Whose annotations', layerAuto: 'Final, else consensus, else the only layer', drafts: 'Include drafts', draftsHint: 'Proposals that nobody accepted yet. They are not labels.',
  split: 'Split into parts', splitHint: 'Into train, validation and test folders. The same seed gives the same parts.', part: 'Part', share: 'Share in %', addPart: 'Add part', removePart: (name: string) => `Remove part ${name}`, seed: 'Seed', groupBy: 'Keep together', groupHint: 'A column such as camera or speaker, or “folder”: items with the same value stay in one part. Empty: each item by itself.', stratify: 'Keep the labels’ proportions in each part',
  badShare: 'Write a number above 0.', badSeed: 'Write a whole number.', badPart: 'Letters, digits, _ and - only, each name once.', newPart: 'part',
  folder: 'Into the folder', folderHint: 'A new folder is made in it; it appears whole or not at all.', name: 'Folder’s name', missing: 'Choose where to write.', start: 'Export', starting: 'Exporting',
  plan: 'What will be written', planning: 'Working out what will be written', files: 'files', annotations: 'annotations', losses: 'What this format cannot hold', noLosses: 'Nothing is lost: this format holds everything that you export.', withheld: 'What stays behind', noWithheld: 'Nothing stays behind.', nothing: 'There is nothing to write with these choices.', nothingHint: 'Annotate an item, choose another layer, or include drafts.',
  examples: 'Examples', count: 'Count', what: 'What', kind: 'Kind', snapshot: (hash: string) => `Snapshot ${hash.slice(0, 12)}: the same choices on the same snapshot write the same bytes.`,
  done: (files: number, annotations: number, path: string) => `Wrote ${files.toLocaleString()} ${files === 1 ? 'file' : 'files'} with ${annotations.toLocaleString()} ${annotations === 1 ? 'annotation' : 'annotations'} to ${path}`, failed: (why: string) => `Nothing was written: ${why}`, cancelled: 'Cancelled; nothing was written.', cancel: 'Cancel',
  loading: 'Reading the formats',
}

/** What a loss means; codes not listed show as they are. */
export const lossNames: Readonly<Record<string, string>> = {
  'kind-not-held': 'Shapes of this kind are left out', 'attributes-dropped': 'Attributes are left out', 'rotation-lost': 'Rotation is lost: the box around it is written', 'text-dropped': 'Text is left out', 'holes-filled': 'Holes are filled', 'parts-merged': 'Parts become separate shapes',
  'label-missing': 'Annotations without a label are left out', 'relations-dropped': 'Relations are left out', 'groups-dropped': 'Groups are left out', 'flags-dropped': 'Flags are left out',
}

/** Why something stays behind, as the report counts it. */
export const withheldNames: Readonly<Record<string, string>> = {
  'draft': 'drafts that nobody has accepted',
  'unaided': 'drafts on items that you label without them; they can leave once you have submitted these',
  'only-in-other-layers': 'items that were annotated in other layers only; they leave without labels',
  'media-missing': 'recordings that were never imported; their transcripts leave without them',
}
