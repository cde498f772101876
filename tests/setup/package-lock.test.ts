import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findRoot } from '#config';

interface Entry {
  resolved?: string;
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
  version?: string;
  integrity?: string;
}

const text = readFileSync(join(findRoot(), 'package-lock.json'), 'utf8');
const packages = (JSON.parse(text) as { packages: Record<string, Entry> }).packages;

/** Where Node would find `name` from the package at `place`; undefined when the lock has none. */
function lookUp(place: string, name: string): Entry | undefined {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const found = packages[at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`];
    if (found || at === '' || !at.includes('/node_modules/'))
      return found ?? packages[`node_modules/${name}`];
  }
}

describe('package-lock.json', () => {
  // npm leaves out those of other systems when it makes a lock beside an installed tree; `npm ci` then refuses it.
  it('names the optional packages of every system', () => {
    const missing = Object.entries(packages).flatMap(([place, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter((name) => !lookUp(place, name)),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    const resolved = Object.keys(packages).filter((place) => packages[place]?.resolved);
    expect(resolved).toEqual([]);
    expect(text).not.toMatch(/https?:\/\/registry/);
  });

  it('pins each package by the hash of its content', () => {
    const loose = Object.keys(packages).filter(
      (place) => place !== '' && !packages[place]?.integrity,
    );
    expect(loose).toEqual([]);
  });

  it('holds no package with an install script, because none is run', () => {
    // fsevents is for macOS, and works from its prebuilt file.
    const scripts = Object.keys(packages).filter((place) => packages[place]?.hasInstallScript);
    expect(scripts.filter((place) => !place.endsWith('/fsevents'))).toEqual([]);
  });
});
