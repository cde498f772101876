import { begin } from './begin.mjs';

begin(() => import('./commands/check.mjs'));
