import { begin } from './begin.mjs';

begin(() => import('./commands/bench.mjs'));
