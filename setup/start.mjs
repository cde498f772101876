import { begin } from './begin.mjs';

begin(() => import('./commands/start.mjs'));
