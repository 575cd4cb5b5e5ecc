/** The code that a fixture `E_CODE-what-is-wrong.trace` must get. */
export function codeOf(name: string): string {
  return name.slice(0, name.indexOf('-'));
}

/** The case whose place a fixture takes: the one it names, unless being another is its point. */
export function caseIdOfFixture(text: string, name: string): string {
  const [, id] = /^case (\S+)$/m.exec(text) ?? [];
  return id === undefined || codeOf(name) === 'E_GOLDEN_CASE' ? 'area.expected' : id;
}
