import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { audit } from './audit.js';
import { SIZE_LIMIT } from './decode.js';
import { matches } from './document.js';
import { GoldenStore } from './store.js';

const ID = 'probe-failure.errno-reaches-the-writer';
const PLACE = `probe-failure/${ID}.trace`;
const REVIEW = { date: '2026-11-21', reason: 'first recording' };
const ORDER = ['p', 'q'];

describe('GoldenStore', () => {
  let root: string;
  let store: GoldenStore;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'golden-'));
    store = new GoldenStore(root);
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  function create(): void {
    store.record(ID, 'p', '  a\n', ORDER);
    store.accept(ID, REVIEW);
  }
  function fails(action: () => unknown, code: string): void {
    expect(action).to.throw().with.property('code', code);
  }

  it('records, accepts, and finds the golden again', () => {
    expect(store.record(ID, 'p', '  a\n', ORDER)).to.equal('pending');
    expect(store.record(ID, 'q', '  a\n', ORDER)).to.equal('pending');
    fails(() => store.load(ID), 'E_GOLDEN_MISSING');
    expect(store.listPending()).to.deep.equal([ID]);
    expect(store.list()).to.deep.equal([]);
    expect(store.accept(ID, REVIEW).kind).to.equal('create');
    expect(store.listPending()).to.deep.equal([]);
    expect(store.list()).to.deep.equal([ID]);
    expect(matches(store.load(ID), 'q', '  a\n')).to.equal(true);
    expect(readFileSync(join(root, PLACE), 'utf8')).to.match(
      /^case \S+\n\nprofiles p q\n {2}a\n\nreview sha256:[0-9a-f]{64} create 2026-11-21 first recording\n$/,
    );
  });

  it('neither waits for a pipe nor reads a device to its end', function () {
    if (process.platform === 'win32') return this.skip();
    mkdirSync(dirname(join(root, PLACE)), { recursive: true });
    execFileSync('mkfifo', [join(root, PLACE)]);
    fails(() => store.load(ID), 'E_GOLDEN_SYNTAX');
    rmSync(join(root, PLACE));
    symlinkSync('/dev/zero', join(root, PLACE));
    fails(() => store.load(ID), 'E_GOLDEN_IO');
  });

  it('has nothing pending for what the golden says already', () => {
    create();
    expect(store.record(ID, 'p', '  a\n', ORDER)).to.equal('unchanged');
    expect(store.record(ID, 'p', '  b\n', ORDER)).to.equal('pending');
    expect(store.record(ID, 'p', '  a\n', ORDER)).to.equal('unchanged');
    expect(store.listPending()).to.deep.equal([]);
  });

  it('adds a review line of the right kind for each acceptance', () => {
    create();
    store.record(ID, 'q', '  b\n', ORDER);
    expect(store.accept(ID, REVIEW).kind).to.equal('create');
    store.record(ID, 'q', '  c\n', ORDER);
    expect(store.accept(ID, REVIEW).kind).to.equal('fix');
    expect(store.trim(ID, ['q'], ORDER)).to.equal('pending');
    expect(store.accept(ID, REVIEW).kind).to.equal('trim');
    expect(store.load(ID).reviews).to.have.length(4);
  });

  it('rejects what is pending, even if it is broken', () => {
    store.record(ID, 'p', '  a\n', ORDER);
    store.reject(ID);
    expect(store.listPending()).to.deep.equal([]);
    fails(() => {
      store.reject(ID);
    }, 'E_PENDING_MISSING');
    fails(() => store.accept(ID, REVIEW), 'E_PENDING_MISSING');
    put(`.pending/${PLACE}`, 'nonsense');
    fails(() => store.loadPending(ID), 'E_GOLDEN_SYNTAX');
    store.reject(ID);
  });

  it('does not accept what was made from another golden, and records it afresh', () => {
    create();
    store.record(ID, 'p', '  b\n', ORDER);
    const file = join(root, PLACE);
    writeFileSync(file, readFileSync(file, 'utf8').replace('first', 'very first'));
    fails(() => store.accept(ID, REVIEW), 'E_PENDING_STALE');
    expect(store.load(ID).reviews).to.have.length(1);
    store.record(ID, 'q', '  c\n', ORDER);
    store.accept(ID, REVIEW);
    expect(matches(store.load(ID), 'p', '  a\n')).to.equal(true);
  });

  it('needs a reason, and changes nothing without one', () => {
    store.record(ID, 'p', '  a\n', ORDER);
    fails(() => store.accept(ID, { ...REVIEW, reason: ' ' }), 'E_REVIEW');
    expect(existsSync(join(root, PLACE))).to.equal(false);
    expect(store.listPending()).to.deep.equal([ID]);
  });

  it('refuses an edited golden until the edit is accepted', () => {
    create();
    put(PLACE, readFileSync(join(root, PLACE), 'utf8').replace('  a\n', '  b\n'));
    fails(() => store.load(ID), 'E_GOLDEN_UNREVIEWED');
    expect(store.record(ID, 'p', '  b\n', ORDER)).to.equal('pending');
    expect(store.accept(ID, REVIEW).kind).to.equal('fix');
    expect(matches(store.load(ID), 'p', '  b\n')).to.equal(true);
  });

  it('never leaves the folder', () => {
    for (const id of ['../x.y', 'a/../../b.c', 'a', '.a', 'a..b', 'A.b', 'a.b\n', 'a.b/c', '', `a.${'b'.repeat(300)}`]) {
      fails(() => store.load(id), 'E_CASE_ID');
      fails(() => store.record(id, 'p', '', ORDER), 'E_CASE_ID');
      fails(() => {
        store.reject(id);
      }, 'E_CASE_ID');
    }
    expect(readdirSync(root)).to.deep.equal([]);
  });

  it('refuses what is too big, when reading and when writing', () => {
    put(PLACE, ' '.repeat(SIZE_LIMIT + 1));
    fails(() => store.load(ID), 'E_GOLDEN_SIZE');
    rmSync(join(root, PLACE));
    fails(() => store.record(ID, 'p', `  ${'x'.repeat(SIZE_LIMIT)}\n`, ORDER), 'E_GOLDEN_SIZE');
    expect(store.listPending()).to.deep.equal([]);
  });

  it('says what the disk says', () => {
    mkdirSync(join(root, PLACE), { recursive: true });
    fails(() => store.load(ID), 'E_GOLDEN_IO');
    put('.pending/probe-failure', '');
    rmSync(join(root, PLACE), { recursive: true });
    fails(() => store.record(ID, 'p', '', ORDER), 'E_GOLDEN_IO');
  });

  it('finds cases without golden, goldens without case, and files that are neither', () => {
    create();
    put('elsewhere/probe-failure.x.trace', '');
    put('README.md', '');
    expect(store.strays()).to.deep.equal(['elsewhere/probe-failure.x.trace']);
    const found = audit(['area.new'], store.list(), store.strays());
    expect(found.map(({ code, file }) => `${code} ${file}`)).to.deep.equal([
      `E_GOLDEN_ORPHAN ${PLACE}`,
      'E_GOLDEN_ORPHAN elsewhere/probe-failure.x.trace',
      'E_GOLDEN_MISSING area/area.new.trace',
    ]);
    expect(new GoldenStore(join(root, 'nowhere')).list()).to.deep.equal([]);
  });
});
