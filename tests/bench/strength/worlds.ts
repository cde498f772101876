/** The world that the rule takes to be so, and worlds that are otherwise, each in one thing. */
import type { World } from './world.ts';

export const assumed: World = {
  name: 'the assumed world',
  humps: [{ share: 1, mean: 0, spread: 1.5 }],
  habits: [
    { guesses: 1, share: 0.6 },
    { guesses: 0.5, share: 0.3 },
    { guesses: 0, share: 0.1 },
  ],
  ...{ slips: 0, learns: 0, labelError: 0.5 },
  ...{ discrimination: 1.5, discriminationSpread: 0.2 },
};

export const others: readonly World[] = [
  {
    ...assumed,
    name: 'two sorts of learners (around -1.5 and 1.5)',
    humps: [
      { share: 0.5, mean: -1.5, spread: 0.7 },
      { share: 0.5, mean: 1.5, spread: 0.7 },
    ],
  },
  {
    ...assumed,
    name: 'most are beginners, a few far ahead (skewed)',
    humps: [
      { share: 0.7, mean: -0.7, spread: 0.8 },
      { share: 0.3, mean: 1.6, spread: 1.2 },
    ],
  },
  { ...assumed, name: 'mostly weak (mean -0.8)', humps: [{ share: 1, mean: -0.8, spread: 1.5 }] },
  { ...assumed, name: 'mostly strong (mean 0.8)', humps: [{ share: 1, mean: 0.8, spread: 1.5 }] },
  {
    ...assumed,
    name: 'all leave silly options out (luck 1.5 times)',
    habits: [{ guesses: 1.5, share: 1 }],
  },
  { ...assumed, name: 'nobody guesses', habits: [{ guesses: 0, share: 1 }] },
  { ...assumed, name: 'slips of 5 %', slips: 0.05 },
  { ...assumed, name: 'learn meanwhile (0.5 logits in a test)', learns: 0.05 },
  { ...assumed, name: 'labels far off (by 0.8)', labelError: 0.8 },
  { ...assumed, name: 'discriminations far apart (by 40 %)', discriminationSpread: 0.4 },
  { ...assumed, name: 'exercises tell less (discrimination 1)', discrimination: 1 },
];
