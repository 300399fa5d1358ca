export { TrackingError } from './errors.js';
export { openTracker, trackerNames, type OpenTrackerOptions, type TrackerName } from './open-tracker.js';
export type { TrackedRun, TrackedStep, Tracker } from './tracker.js';
