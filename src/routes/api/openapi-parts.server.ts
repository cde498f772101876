/** Pieces that the descriptions of several paths are made of. */
import { z } from 'zod';
import type { App } from '#lib/server/app.ts';
import { problemKinds, problemUri, type Problem, type ProblemType } from './problem.server.ts';

const failureSchema = z.object({ message: z.string(), id: z.string().optional() });

/** A schema as OpenAPI 3.1 has it: JSON Schema 2020-12. Readers must bear fields that come later. */
export function described(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** An answer in JSON. */
export const jsonResponse = (description: string, name: string, example?: unknown) => ({
  description,
  content: {
    'application/json': { schema: ref(name), ...(example === undefined ? {} : { example }) },
  },
});

/** A run that has ended, or, as a stream, one that goes on. */
export function runResponse(
  name: string,
  example: object,
  events: Record<string, { schema: object; example: object }>,
) {
  const schemas = Object.entries(events).map(([kind, { schema }]) => [kind, schema]);
  const text = Object.entries(events)
    .map(([kind, event]) => `event: ${kind}\ndata: ${JSON.stringify(event.example)}\n\n`)
    .join('');
  return {
    description: 'The run has ended, or, as a stream, goes on.',
    content: {
      'application/json': { schema: ref(name), example },
      'text/event-stream': {
        schema: { type: 'string' },
        example: text,
        // OpenAPI 3.1 has no word for the data of events.
        'x-events': Object.fromEntries(schemas) as Record<string, object>,
      },
    },
  };
}

export const internalError = {
  description: 'Something went wrong on our side; the id finds it in the log.',
  content: { 'application/json': { schema: described(failureSchema) } },
};

/** Kinds of problem that pass by themselves. */
const comesBack = new Set<ProblemType>(['too-often', 'busy', 'busy-owner']);

const retryAfter = {
  description: 'When to ask again, in whole seconds. Not there when programs cannot be run at all.',
  schema: { type: 'integer', minimum: 1 },
};

/** One response for each status, with those of these kinds of problem that it can stand for. */
export function problemResponses(types: readonly ProblemType[], example?: Problem) {
  const statuses = [...new Set(types.map((type) => problemKinds[type].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const own = types.filter((type) => problemKinds[type].status === status);
      const description = own
        .map((type) => `${problemKinds[type].title} (\`${problemUri(type)}\`).`)
        .join(' ');
      const mayComeBack = own.some((type) => comesBack.has(type));
      return [
        String(status),
        {
          description,
          ...(mayComeBack ? { headers: { 'Retry-After': retryAfter } } : {}),
          content: {
            'application/problem+json': {
              schema: ref('Problem'),
              ...(status === example?.status ? { example } : {}),
            },
            // A form is refused before it comes here.
            ...(status === 403 ? { 'text/plain': { schema: { type: 'string' } } } : {}),
          },
        },
      ];
    }),
  );
}

/** What programs run on, in a few words: `django-5.2 (python 3.11.2, django 5.2.19)`. */
export function stackText({ name, versions }: App['runtime']): string {
  const stack = Object.entries(versions).map(([part, version]) => `${part} ${version}`);
  return `${name}${stack.length > 0 ? ` (${stack.join(', ')})` : ''}`;
}
