/** What was measured, as one table. */
import { arch, cpus, loadavg, platform } from 'node:os';

/** Ratios that the project wants to keep; nothing else is judged, since machines differ. */
export const TARGETS = { oneCase: 2.5, perCase: 1.5, tuned: 5, growth: 1.2, exec: 2, http: 4 };

export function machine() {
  const [first] = cpus();
  return {
    node: process.version,
    system: `${platform()} ${arch()}`,
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    load: loadavg()[0],
    date: new Date().toISOString().slice(0, 10),
  };
}

const find = (rows, name, cases) => rows.find((row) => row.name === name && row.cases === cases);

/** Each target with what was measured against it. */
export function targets({ startUp, comparisons, adapters }) {
  const sizes = [...new Set(comparisons.map(({ cases }) => cases))];
  const most = sizes.at(-1);
  const [text, tuned] = ['text', 'tuned'].map((name) => find(comparisons, name, most));
  const list = [
    ['mdevct run of one case / empty node', startUp.ratio.oneCase, '<=', TARGETS.oneCase],
    ['the whole suite over exec: / in process', adapters.ratio.exec, '<=', TARGETS.exec],
    ['the whole suite over http: / in process', adapters.ratio.http, '<=', TARGETS.http],
    [`harness / bare loop, per case of ${most}`, text.ratio, '<=', TARGETS.perCase],
    [`tuned vitest / harness, per case of ${most}`, tuned.us / text.us, '>=', TARGETS.tuned],
    ...sizes.slice(1).map((size) => {
      const growth = text.us / find(comparisons, 'text', sizes[0]).us;
      return [`harness, per case of ${size} / of ${sizes[0]}`, growth, '<=', TARGETS.growth];
    }),
  ];
  return list.map(([title, value, relation, limit]) => ({
    title,
    value: Number.isFinite(value) ? value : undefined,
    relation,
    limit,
    met: relation === '<=' ? value <= limit : value >= limit,
  }));
}

const pad = (text, width) => (width < 0 ? text.padStart(-width) : text.padEnd(width));
const row = (cells, widths) =>
  cells
    .map((cell, i) => pad(cell, widths[i]))
    .join('  ')
    .trimEnd();
const ms = (value) => (value === undefined ? '-' : `${value.toFixed(0)} ms`);
const times = (value) => (Number.isFinite(value) ? `${value.toFixed(value < 10 ? 2 : 0)} x` : '-');

const PEER_WIDTHS = [28, -6, -9, -8, -9, -8, -7];
const TOOL_WIDTHS = [28, -10, -8];

function toolLines({ startUp, suite, replay, adapters }) {
  const { ms: start, ratio } = startUp;
  const lines = [
    ['empty node', ms(start.empty), times(1)],
    ['mdevct --help', ms(start.help), times(ratio.help)],
    ['mdevct run, one case', ms(start.oneCase), times(ratio.oneCase)],
    suite.error === undefined
      ? ['mdevct run, everything', ms(suite.ms), times(suite.ms / start.empty)]
      : ['mdevct run, everything', '-', suite.error],
    ['the same over exec:', ms(adapters.ms.exec), times(adapters.ratio.exec)],
    ['the same over http:', ms(adapters.ms.http), times(adapters.ratio.http)],
    ['replay of one transcript', replay.count ? `${replay.msPerTranscript.toFixed(1)} ms` : '-'],
  ].map((cells) => row(cells, TOOL_WIDTHS));
  if (suite.error === undefined) {
    const { cases, runs, passed, perSecond, peakMB } = suite;
    lines.push(
      '',
      `${cases} cases, ${runs} runs in all profiles, ${passed} passed: ${perSecond.toFixed(0)} per second, peak ${peakMB} MB`,
    );
  }
  lines.push(`${replay.count} transcripts, in the order of their names, each replayed once`);
  return lines;
}

function peerLines(comparisons) {
  const head = ['', 'cases', 'us/case', 'ratio', 'whole', 'ratio', 'peak'];
  return [
    row(head, PEER_WIDTHS),
    ...comparisons.map(({ title, cases, us, ratio, wallMs, wallRatio, peakMB }) =>
      row(
        [
          title,
          String(cases),
          us.toFixed(1),
          times(ratio),
          ms(wallMs),
          times(wallRatio),
          `${peakMB} MB`,
        ],
        PEER_WIDTHS,
      ),
    ),
  ];
}

/** The whole report for people. */
export function table(result) {
  const { node, system, cpu, cores, load, date } = result.machine;
  return [
    `node ${node}, ${system}, ${cpu}, ${cores} cores, load ${load.toFixed(1)}, ${date}`,
    `medians of up to ${result.runs} fresh processes each, taken in turn`,
    '',
    ...toolLines(result),
    '',
    ...peerLines(result.comparisons),
    '',
    ...result.targets.map(
      ({ title, value, relation, limit, met }) =>
        `${met ? 'met   ' : 'MISSED'}  ${title}: ${times(value)} (${relation} ${limit})`,
    ),
    '',
  ].join('\n');
}
