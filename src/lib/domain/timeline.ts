/** From a recording to what a timeline draws: lanes of spans on one axis of microseconds. */
import type { RecordingIndex } from './recording-index.ts';
import { loopLane } from './timeline-loop.ts';
import { requestLanes } from './timeline-requests.ts';
import { threadLanes } from './timeline-threads.ts';

export const spanKinds = [
  /** Code of the program runs. */
  'runs',
  /** It runs, and keeps an event loop from everybody else for long. */
  'blocks',
  /** It waits for something, and holds nothing meanwhile. */
  'waits',
  /** It could go on, and must wait until something else is done with the loop or the thread. */
  'queued',
  /** Nothing is to be done. */
  'free',
  /** A thread waits for the database's answer. */
  'query',
  /** The framework is at work, on the way to or from the program. */
  'framework',
] as const;
export type SpanKind = (typeof spanKinds)[number];

export interface Span {
  kind: SpanKind;
  /** Microseconds since the beginning; `until` is at least `from`. */
  from: number;
  until: number;
  /** What stands in it where there is room, the longer form first; empty: nothing does. */
  labels: string[];
  /** All of it, as a part of a sentence: `waits for asyncio.sleep at line 7`. */
  says: string;
  /** Number of its first step, from 0; null: it leads nowhere. */
  step: number | null;
}

export interface Lane {
  /** Unique in its timeline. */
  id: string;
  kind: 'request' | 'task' | 'loop' | 'thread';
  /** `request 1`. */
  title: string;
  /** In code type after it: the name of a function; null: nothing. */
  name: string | null;
  /** How deep it stands below the lane that it belongs to. */
  depth: number;
  /** In order of time; they do not overlap. */
  spans: Span[];
  /** What is to be known of the whole lane: `answered after 201 ms`. */
  fact: string;
  /**
   * For lanes that stand close together: the heading of those that follow each other under one, and what stands
   * before and after a lane in a few characters. Left out: a lane has its words above it.
   */
  close?: { heading: string; before: string; after: string };
}

export interface Timeline {
  lanes: Lane[];
  /** Length of the axis. */
  micros: number;
  /** Names of threads that are left out, since only the framework did something there. */
  leftOut: string[];
  /** How many tasks, or requests, are left out, since there are more than can be looked at. */
  moreTasks: number;
}

/** The most lanes of tasks that are drawn. */
export const mostTasks = 24;

/** @param index - Of all steps that there are. */
export function timelineOf(index: RecordingIndex): Timeline {
  const { threads, micros } = index.recording;
  const loops = [...index.loops].sort((one, other) => one - other);
  const workers = threadLanes(index);
  const work = requestLanes(index);
  const tasks = work.filter(({ kind }) => kind === 'task');
  const tooMany = new Set(tasks.slice(mostTasks));
  const lanes = [
    ...work.filter((lane) => !tooMany.has(lane)),
    ...loops.map((thread) => loopLane(index, thread, loops.length > 1)),
    ...workers.lanes,
  ];
  const end = Math.max(micros, ...lanes.flatMap(({ spans }) => spans.at(-1)?.until ?? 0), 1);
  const leftOut = workers.leftOut.map((thread) => threads[thread] ?? '');
  return { lanes, micros: end, leftOut, moreTasks: tooMany.size };
}
