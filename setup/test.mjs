import { begin } from './begin.mjs';

begin(() => import('./commands/test.mjs'));
