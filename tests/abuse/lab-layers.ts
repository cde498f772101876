/** The layers of the lab, which has doors of its own beside those that it shares with plain runs. */
import { type Layer, onlyInTheOuterJail, type Patch, silencedCanaries } from './patches.ts';

const master = 'lab/assay_lab/master.py';

/** What every copy needs, as `silencedCanaries` and `onlyInTheOuterJail`. */
export const labPatches: Patch[] = [
  { ...silencedCanaries, file: 'lab/assay_lab/trials.py', found: '"held": _held(each)}' },
  { ...onlyInTheOuterJail, file: 'lab/main.py' },
];

export const labLayers = {
  // The master's filter, which a worker inherits, and its own.
  'lab-seccomp': {
    patches: [
      { file: 'jail/doors.py', found: '    seccomp.install(kind)', instead: '    pass' },
      { file: master, found: '    seccomp.install(seccomp.SERVER)', instead: '    pass' },
    ],
  },
  'lab-landlock': {
    patches: [
      { file: 'jail/doors.py', found: '    landlock.restrict(ports)', instead: '    pass' },
      { file: master, found: '    landlock.restrict(_UPSTREAM_ONLY)', instead: '    pass' },
    ],
  },
  'lab-not-dumpable': {
    patches: [
      {
        file: 'lab/main.py',
        found: '    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)',
        instead: '    pass',
      },
    ],
  },
} satisfies Record<string, Layer>;
