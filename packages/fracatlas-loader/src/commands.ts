export { exploreCommand } from './explore/explore-command.js';
