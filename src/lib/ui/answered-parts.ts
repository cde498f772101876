/** The parts of a card that are drawn once there was an answer, in one chunk: most of them come together. */
export { default as AttemptResult } from './AttemptResult.svelte';
export { default as EarlierAnswers } from './EarlierAnswers.svelte';
export { default as EvidenceDrawer } from './EvidenceDrawer.svelte';
export { default as LookElsewhere } from './LookElsewhere.svelte';
export { default as LookPanel } from './LookPanel.svelte';
export { default as SolutionPanel } from './SolutionPanel.svelte';
