import { describe, expect, it } from 'vitest';
import { plainArguments } from './without-namespaces.ts';

describe('plainArguments', () => {
  const list = plainArguments({
    interpreter: {
      executable: '/opt/own/bin/python3.12',
      version: '3.12',
      library: '/opt/own/lib/python3.12',
      packages: '/srv/assay/.venv/lib/python3.12/site-packages',
      sharedLibraries: new Map([
        ['libz.so.1', '/usr/lib/libz.so.1.3'],
        ['libffi.so.8', '/usr/lib/libffi.so.8.1'],
        ['libssl.so.3', '/opt/ssl/libssl.so.3'],
      ]),
      loader: '/lib/ld-linux-aarch64.so.1',
    },
    sandbox: '/srv/assay/sandbox',
    runtime: 'django-5.2',
    runs: '/tmp/assay-runs-abc',
  });

  it('starts with an empty environment, to which only known names are added', () => {
    const variables = list.slice(1, list.indexOf('/opt/own/bin/python3.12'));
    expect(list[0]).toBe('-i');
    expect(variables.map((text) => text.split('=')[0])).toEqual([
      ...['LD_LIBRARY_PATH', 'MALLOC_ARENA_MAX', 'PYTHONHASHSEED', 'LANG'],
      ...['PYTHONTZPATH', 'SQLITE_TMPDIR'],
    ]);
    expect(variables).toContain('LD_LIBRARY_PATH=/usr/lib:/opt/ssl');
  });

  it("says where the runs' folders are, and all that a run may read", () => {
    expect(list.slice(list.indexOf('django-5.2') + 1)).toEqual([
      '/tmp/assay-runs-abc',
      '/srv/assay/.venv/lib/python3.12/site-packages',
      '/opt/own/lib/python3.12',
      ...['/usr/lib/libz.so.1.3', '/usr/lib/libffi.so.8.1', '/opt/ssl/libssl.so.3'],
    ]);
  });
});
