import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { EVENT_KINDS } from '../words.js';
import { METHODS } from '../methods.js';
import { PROTOCOL_FILES } from './files.js';

describe('what describes the protocol', () => {
  for (const [name, content] of Object.entries(PROTOCOL_FILES)) {
    it(`${name} is that of this version; if not: node build/harness/adapter/docs/write.js`, () => {
      expect(readFileSync(name, 'utf8')).to.equal(content);
    });
  }

  it('has a section for each method and kind of event', () => {
    const page = PROTOCOL_FILES['docs/protocol.md']!;
    for (const name of [...Object.keys(METHODS), ...EVENT_KINDS]) {
      expect(page).to.contain(`\n### \`${name}\`\n`);
    }
  });

  it('names every fault that an adapter reports', () => {
    const page = PROTOCOL_FILES['docs/protocol.md']!;
    for (const file of ['child', 'connection', 'module', 'remote', 'rpc', 'transcript']) {
      const source = readFileSync(`harness/adapter/${file}.ts`, 'utf8');
      for (const [, name] of source.matchAll(
        /'(E_(?:ADAPTER_\w+|TRANSCRIPT_CALL|METHOD|PARAMS))'/g,
      )) {
        expect(page, file).to.contain(`\`${name!}\``);
      }
    }
  });

  it('refers to definitions that there are', () => {
    const text = PROTOCOL_FILES['harness/adapter/protocol.schema.json']!;
    const { definitions } = JSON.parse(text) as { definitions: Record<string, unknown> };
    for (const [, name] of text.matchAll(/"#\/definitions\/([^"]+)"/g)) {
      expect(definitions).to.have.property(name!);
    }
  });

  it('says which fields may be left out', () => {
    const text = PROTOCOL_FILES['harness/adapter/protocol.schema.json']!;
    const { definitions } = JSON.parse(text) as {
      definitions: Record<string, { required: string[] }>;
    };
    expect(definitions['result-task']!.required).to.deep.equal(['state', 'events']);
    expect(definitions['result-list']!.required).to.deep.equal(['ret', 'names', 'events']);
    expect(definitions['request-reset']!.required).to.deep.equal(['jsonrpc', 'id', 'method']);
  });
});
