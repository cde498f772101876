/** How layers are taken away from a copy: exact text for exact text, so that none can rot unnoticed. */

/** Exact text of a file under `sandbox/`, which must occur in it once, and what takes its place. */
export interface Patch {
  file: string;
  found: string;
  instead: string;
}

/** Words of bubblewrap's argument list that must occur once, in this order, and what takes their place. */
export interface ArgumentChange {
  found: string[];
  instead: string[];
}

export interface Layer {
  patches?: Patch[];
  arguments?: ArgumentChange[];
  /** What changes around the container: `environment`: it is given the host's; `devices`: they are its own. */
  host?: 'environment' | 'devices';
  /** The answer is graded in the process that the program runs in. */
  grading?: 'in-the-run';
}

/** The canaries would refuse such a container before anything can be tried in it. */
export const silencedCanaries: Patch = {
  file: 'jail/canaries.py',
  found: '"held": _held(canary)}',
  instead: '"held": True}',
};

/** The copy ends at once where the outer jail is not around it: no other bubblewrap can start it. */
export const onlyInTheOuterJail: Patch = {
  file: 'jail/main.py',
  found: 'if __name__ == "__main__":',
  instead: 'if os.environ.pop("OUTER_JAIL", None) and __name__ == "__main__":',
};

/** @throws Error that names the layer, when the text is not there exactly once. */
export function patchText(content: string, { file, found, instead }: Patch, layer: string): string {
  const occurrences = content.split(found).length - 1;
  if (occurrences !== 1) {
    throw new Error(
      `layer ${layer}: ${JSON.stringify(found)} occurs ${occurrences} times in sandbox/${file}, expected once. The code has changed: change tests/abuse/layers.ts with it.`,
    );
  }
  return content.replace(found, () => instead);
}
