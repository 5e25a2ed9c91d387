import { describe, expect, it } from 'vitest';
import { findLockfileProblems } from './lockfile.ts';

const tool = { optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' } };

describe('the lockfile', () => {
  it('is complete when the optional packages of every platform are listed, nested or not', () => {
    const packages = {
      '': {},
      'node_modules/a/node_modules/tool': tool,
      'node_modules/a/node_modules/tool-linux': {},
      'node_modules/tool-darwin': {},
      'node_modules/@ahoy/server': { resolved: 'server', link: true },
    };
    expect(findLockfileProblems({ packages })).toEqual([]);
  });

  it('lacks what is listed nowhere above', () => {
    const packages = { '': {}, 'node_modules/tool': tool, 'node_modules/tool-linux': {} };
    expect(findLockfileProblems({ packages })).toEqual([
      'package-lock.json lacks tool-darwin, an optional package of node_modules/tool',
    ]);
  });

  it('records no download addresses', () => {
    const packages = { 'node_modules/tool': { resolved: 'https://registry.example.org/tool.tgz' } };
    expect(findLockfileProblems({ packages })).toEqual([
      'package-lock.json names an address for node_modules/tool',
    ]);
  });
});
