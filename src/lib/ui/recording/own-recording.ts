/** Recordings as the site sends them: a head, and parts of the steps. */
import { RecordingIndex } from '../../domain/recording-index.ts';
import { partSteps, type RecordedStep, type RecordingHead } from '../../domain/recording.ts';
import { stepView } from '../../domain/step-view.ts';
import { timelineOf } from '../../domain/timeline.ts';
import type { CodeLine } from '../../domain/views.ts';
import type { RecordingView } from '../../domain/visualize-view.ts';
import { pause } from './pause.ts';

/** A recording that was just made, with all of its steps. */
export interface OwnRecording extends RecordingView {
  steps: RecordedStep[];
}

/**
 * @param part - From 0.
 * @throws When it cannot be had.
 */
export async function fetchPart(id: string, part: number): Promise<RecordedStep[]> {
  return (await fetchJson(`/api/recordings/${id}/${part}`)) as RecordedStep[];
}

/**
 * Gets all of a recording, to be shown from its first step on.
 * @param files - The texts that were recorded, the main one first.
 * @returns Null when nothing of the program ran, so that there is no step to show.
 * @throws When it cannot be had.
 */
export async function fetchRecording(
  id: string,
  files: { path: string; source: string }[],
): Promise<OwnRecording | null> {
  const head = (await fetchJson(`/api/recordings/${id}`)) as RecordingHead;
  const parts = Math.ceil(head.steps / partSteps);
  const fetched = await Promise.all(
    Array.from({ length: parts }, (_, part) => fetchPart(id, part)),
  );
  const steps = fetched.flat();
  if (steps.length === 0) return null;
  const lines = files.map(({ path, source }) => ({ path, lines: source.split('\n') }));
  const sources = Object.fromEntries(lines.map((file) => [file.path, file.lines]));
  const index = new RecordingIndex(head, sources);
  for (const part of fetched) {
    index.add(part);
    await pause();
  }
  return {
    head,
    steps,
    program: lines.map((file) => ({ path: file.path, lines: file.lines.map(plainLine) })),
    timeline: timelineOf(index),
    begin: stepView(index, 0),
  };
}

function plainLine(text: string): CodeLine {
  return [{ kind: 'text', text, className: '' }];
}

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response.json();
}
