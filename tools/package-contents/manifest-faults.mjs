const repository = 'https://github.com/fractura/fractura';

/** What a package's manifest lacks of what a registry shows, a line for each. Changesets writes CHANGELOG.md at release. */
export function manifestFaults({ name, description, keywords, homepage, bugs, author, repository: given, files }) {
  const folder = `packages/${name.split('/')[1]}`;
  const rules = [
    [/\.$/.test(description ?? ''), 'description is no sentence'],
    [Array.isArray(keywords) && keywords.length > 1, 'keywords are fewer than two'],
    [homepage === `${repository}/tree/main/${folder}#readme`, 'homepage is not its README'],
    [bugs === `${repository}/issues`, 'bugs is not the list of issues'],
    [typeof author === 'string' && author !== '', 'author is missing'],
    [given?.url === `git+${repository}.git` && given.directory === folder, 'repository is not its folder'],
    [files?.includes('CHANGELOG.md'), 'files leaves out CHANGELOG.md'],
  ];
  return rules.filter(([holds]) => !holds).map(([, fault]) => `package.json: ${fault}`);
}
