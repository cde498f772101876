import type { LabLoad, LabResult } from '#lib/domain/lab.ts';
import type { Limits } from '#lib/domain/run.ts';
import type { Asker, RunRequest, SandboxState } from './port.ts';

/** A program, how it is served, and the load that is put on it. */
export interface LabRequest
  extends
    Pick<RunRequest, 'runtime' | 'program' | 'fileName' | 'files' | 'apps' | 'rows'>,
    Partial<Omit<LabLoad, 'server'>>,
    Pick<LabLoad, 'server'> {
  /** URL path to view name; at least one. */
  serve: Record<string, string>;
  /** What the client asks for; one of `serve` when left out, with a query if need be. */
  path?: string;
  /** Of the whole group of processes. */
  limits?: Partial<Limits>;
}

/** Who asks for a lab run. What is printed is told at the end only: telling it would cost measured time. */
export type LabAsker = Omit<Asker, 'onOutput'>;

/** Puts programs under load on real servers, in a jail of its own for each, one at a time. */
export interface Lab {
  /** Never rejects for anything a program does; host trouble is the outcome `infrastructure`. */
  runLab(request: LabRequest, asker?: LabAsker): Promise<LabResult>;
  /** Tries the doors of the lab, once. */
  state(runtime: string): Promise<SandboxState>;
  /** Ends what is going on. */
  close(): Promise<void>;
}
