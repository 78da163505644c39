export const historyWords = {
  undo: 'Undo', redo: 'Redo', group: 'Edit', nothing: { undo: 'Nothing to undo in this project’s settings.', redo: 'Nothing to redo in this project’s settings.' },
}
