import { describe, expect, it } from 'vitest';
import { parseLdd } from './interpreter.ts';

const printed = `/usr/bin/python3.11:
	linux-vdso.so.1 (0x00007fff)
	libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f01)
	/lib64/ld-linux-x86-64.so.2 (0x00007f02)
/usr/lib/python3.11/lib-dynload/_odd.so:
	libodd.so.1 => not found
	statically linked
/usr/lib/python3.11/lib-dynload/_ssl.so:
	libssl.so.3 => /opt/ssl/libssl.so.3 (0x00007f03)
`;

describe('parseLdd', () => {
  it('finds libraries and the loader, and leaves out what is not there', () => {
    const { loader, sharedLibraries } = parseLdd(printed);
    expect(loader).toBe('/lib64/ld-linux-x86-64.so.2');
    expect([...sharedLibraries]).toEqual([
      ['libm.so.6', '/lib/x86_64-linux-gnu/libm.so.6'],
      ['libssl.so.3', '/opt/ssl/libssl.so.3'],
    ]);
  });

  it('finds no loader in a static program', () => {
    expect(parseLdd('\tnot a dynamic executable\n').loader).toBeNull();
  });
});
