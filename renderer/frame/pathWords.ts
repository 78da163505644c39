export const pathWords = {
  choose: 'Choose…', chooseThis: 'Choose this folder', chooseFile: 'Choose this file', cancel: 'Cancel', close: 'Close', up: 'Up', folder: 'Folder', entries: 'Folder’s contents',
  loading: 'Reading the folder', nothing: 'This folder is empty', noFolders: 'No folders in here', noFoldersHint: 'Choose this one, or go up.', project: 'project',
}
