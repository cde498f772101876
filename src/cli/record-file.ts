/** The file that `assay run --record` writes. */
import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Recording } from '#lib/domain/recording.ts';
import { CommandProblem } from './command-problem.ts';

/** What is said of a recording beside the file that it is in. */
export interface WrittenRecording {
  steps: number;
  /** Size of the file. */
  bytes: number;
  cut: Recording['cut'];
}

const fix = 'Name a file in a folder that is there and that you may write to.';

/**
 * Looks before the program is run: it should not have run for nothing.
 * @param sources - Paths of the program's own files.
 * @throws CommandProblem when no file can be written there.
 */
export async function checkRecordFile(path: string, sources: string[]): Promise<void> {
  if (sources.some((source) => resolve(source) === resolve(path))) {
    throw new CommandProblem(
      `--record ${path} is not possible: the program would be written over.`,
      'Name another file.',
    );
  }
  const folder = dirname(path);
  const parent = await stat(folder).catch(() => null);
  if (!parent?.isDirectory()) {
    throw new CommandProblem(
      `--record ${path} is not possible: there is no folder ${folder}.`,
      fix,
    );
  }
  const there = await stat(path).catch(() => null);
  if (there && !there.isFile()) {
    throw new CommandProblem(`--record ${path} is not possible: that is no file.`, fix);
  }
  await access(there ? path : folder, constants.W_OK).catch(() => {
    throw notWritable(path);
  });
}

/** @returns Null when there is no recording. @throws CommandProblem when it cannot be written. */
export async function writeRecording(
  path: string,
  recording: Recording | null | undefined,
): Promise<WrittenRecording | null> {
  if (!recording) return null;
  const text = `${JSON.stringify(recording)}\n`;
  await writeFile(path, text).catch(() => {
    throw notWritable(path);
  });
  return { steps: recording.steps.length, bytes: Buffer.byteLength(text), cut: recording.cut };
}

function notWritable(path: string): CommandProblem {
  return new CommandProblem(
    `--record ${path} is not possible: the file cannot be written there.`,
    fix,
  );
}
