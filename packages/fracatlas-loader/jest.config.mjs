import preset from '../../tools/jest/preset.mjs';

// Radiographs are made and decoded, which takes its time where many suites run at once.
export default { ...preset, displayName: 'fracatlas-loader', testTimeout: 60_000 };
