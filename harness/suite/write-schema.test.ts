import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { VERBS, VERB_NAMES } from './verbs/table.js';
import { SCHEMA_FILES } from './schema-files.js';

interface StepSchema {
  properties: Record<string, { description: string }>;
}

describe('schemas for editors', () => {
  for (const [name, content] of Object.entries(SCHEMA_FILES)) {
    it(`suites/${name} is what the loader checks; if not: node build/harness/suite/write-schema.js`, () => {
      expect(readFileSync(`suites/${name}`, 'utf8')).to.equal(content);
    });
  }

  it('describe every verb', () => {
    const schema = JSON.parse(SCHEMA_FILES['schema.json']!) as {
      properties: { cases: { items: { properties: { steps: { items: StepSchema } } } } };
    };
    const { properties } = schema.properties.cases.items.properties.steps.items;
    for (const name of VERB_NAMES) {
      expect(properties[name]!.description).to.equal(VERBS[name]!.description);
    }
  });
});
