export { exploreCommand } from './commands/explore.js';
