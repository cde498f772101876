import { begin } from './begin.mjs';

begin(() => import('./commands/dev.mjs'));
