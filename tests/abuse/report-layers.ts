/** The layers between what a run says of itself and what is believed of it. */
import type { Layer } from './patches.ts';

const outcomes = 'jail/outcomes.py';

export const reportLayers = {
  'report-cap': {
    patches: [
      { file: 'jail/live.py', found: 'self.report.cap = report.MAX_BYTES', instead: 'pass' },
    ],
  },
  'report-token': {
    patches: [
      {
        file: 'jail/report.py',
        found: 'raise MalformedError("something other than the harness wrote to the report")',
        instead: 'line = token + line',
      },
    ],
  },
  'one-report': {
    patches: [{ file: outcomes, found: 'if len(found) > 1:', instead: 'if False:' }],
  },
  'report-required': {
    patches: [
      {
        file: outcomes,
        found: 'return {"outcome": "error", "error": _error("ProcessExit", _NEVER_FINISHED)}',
        instead: 'return {"outcome": "finished"}',
      },
    ],
  },
  'end-before-report': {
    patches: [
      { file: outcomes, found: '    if outcome is None:\n', instead: '    if live.report.data:\n' },
    ],
  },
  'bounded-line': {
    patches: [
      {
        file: 'jail/errors.py',
        found: 'return number if type(number) is int and 0 < number <= _MOST_LINES else None',
        instead: 'return number',
      },
    ],
  },
  'checked-end': {
    patches: [
      { file: outcomes, found: 'if type(end) is not str or end not in', instead: 'if end not in' },
    ],
  },
  'checked-error': {
    patches: [
      {
        file: outcomes,
        found: '"error": checked_error(record.get("error"))}',
        instead: '"error": record.get("error")}',
      },
    ],
  },
  'strict-report': {
    patches: [
      {
        file: 'jail/canonical.py',
        found: 'raise ValueError("nested too deeply") from None',
        instead: 'raise',
      },
    ],
  },
  'event-cap': {
    patches: [
      { file: 'jail/recorder.py', found: 'MAX_EVENTS = 10_000', instead: 'MAX_EVENTS = 10**9' },
    ],
  },
  'checked-values': {
    patches: [{ file: outcomes, found: 'if _size(values) > _MAX_VALUES:', instead: 'if False:' }],
  },
  'checked-names': {
    patches: [
      {
        file: outcomes,
        found: 'if fault := measures.name_fault(name):',
        instead: 'if fault := None:',
      },
    ],
  },
  'checked-events': {
    patches: [
      {
        file: 'jail/recorder.py',
        found: 'if not (0 <= request <= MAX_NUMBER and 0 <= at <= MAX_NUMBER):',
        instead: 'if False:',
      },
    ],
  },
  'ascii-frames': {
    patches: [
      {
        file: 'jail/frames.py',
        found: 'ensure_ascii=True, allow_nan=False).encode("ascii")',
        instead: 'ensure_ascii=False, allow_nan=False).encode()',
      },
    ],
  },
  'judge-fork': { grading: 'in-the-run' },
  'canonical-data': {
    patches: [
      { file: 'jail/canonical.py', found: '    kind = type(value)\n', instead: '    return\n' },
      {
        file: 'jail/canonical.py',
        found: 'json.loads(text, parse_constant=_refuse, object_pairs_hook=_unique)',
        instead: 'json.loads(text)',
      },
    ],
  },
} satisfies Record<string, Layer>;
