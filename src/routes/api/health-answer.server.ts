/** The shape of what `GET /health` answers with. */
import { z } from 'zod';
import type { Health } from '#lib/server/use-cases/check-health.ts';

const count = z.int().min(0);

export const healthSchema = z.object({
  status: z.enum(['ok', 'failing']),
  store: z.union([
    z.object({ engine: z.string(), durability: z.string() }),
    z.object({ error: z.string() }),
  ]),
  execution: z
    .object({ available: z.boolean(), reason: z.string() })
    .describe('Whether programs can be run here, and if not, why.'),
  sandbox: z
    .object({
      tier: z.enum(['full', 'no-namespaces', 'none']),
      canaries: z.object({ held: count, tried: count }),
    })
    .describe("What shuts runs in, and what the sandbox's own test found when the site started."),
  lab: z
    .object({ available: z.boolean(), reason: z.string() })
    .describe('Whether programs can be put under load here, and if not, or not yet, why.'),
  exercises: z.object({ shown: count, heldBack: count }),
}) satisfies z.ZodType<Health>;
