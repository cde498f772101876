import { describe, expect, it } from 'vitest';
import { bubblewrapArguments, type ContainerParts } from './bubblewrap.ts';

const parts: ContainerParts = {
  interpreter: {
    executable: '/opt/own/bin/python3.12',
    version: '3.12',
    library: '/opt/own/lib/python3.12',
    packages: '/srv/assay/.venv/lib/python3.12/site-packages',
    sharedLibraries: new Map([['libz.so.1', '/usr/lib/libz.so.1.3']]),
    loader: '/lib/ld-linux-aarch64.so.1',
  },
  sandbox: '/srv/assay/sandbox',
  runtime: 'django-5.2',
  hidden: ['site-packages'],
};

/** The pairs that follow each occurrence of an option. */
function pairs(list: string[], option: string): [string, string][] {
  return list.flatMap((item, at): [string, string][] =>
    item === option ? [[list[at + 1]!, list[at + 2]!]] : [],
  );
}

describe('bubblewrapArguments', () => {
  const list = bubblewrapArguments(parts);

  it('binds what is needed, read-only, at paths that say nothing of the host', () => {
    expect(pairs(list, '--ro-bind')).toEqual([
      ['/opt/own/bin/python3.12', '/python/bin/python3'],
      ['/opt/own/lib/python3.12', '/python/lib/python3.12'],
      ['/srv/assay/.venv/lib/python3.12/site-packages', '/python/site-packages'],
      ['/srv/assay/sandbox', '/sandbox'],
      ['/lib/ld-linux-aarch64.so.1', '/lib/ld-linux-aarch64.so.1'],
      ['/usr/lib/libz.so.1.3', '/python/so/libz.so.1'],
    ]);
    expect(list).not.toContain('--bind');
    expect(list).not.toContain('--proc');
    expect(list).not.toContain('--dev');
  });

  it('takes away the root once everything is in place', () => {
    expect(list.lastIndexOf('--remount-ro')).toBeGreaterThan(list.lastIndexOf('--ro-bind'));
    expect(list[list.lastIndexOf('--remount-ro') + 1]).toBe('/');
  });

  it('hides packages that lie in the standard library, after that is bound', () => {
    const place = '/python/lib/python3.12/site-packages';
    expect(list.indexOf('--tmpfs')).toBeGreaterThan(list.indexOf('/python/lib/python3.12'));
    expect(list[list.indexOf('--tmpfs') + 1]).toBe(place);
    expect(list[list.indexOf('--remount-ro') + 1]).toBe(place);
  });

  it('shares no namespace with the host and leaves no way to a new user namespace', () => {
    expect(list).toEqual(expect.arrayContaining(['--unshare-all', '--disable-userns']));
    expect(list.some((item) => item.startsWith('--share'))).toBe(false);
    const kept = list.filter((_, at) => list[at - 1] === '--cap-add');
    expect(kept).toEqual(['CAP_SYS_ADMIN', 'CAP_SETPCAP']);
  });
});
