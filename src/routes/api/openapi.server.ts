/** The API's description, made from the very schemas that requests are checked with. */
import type { App } from '#lib/server/app.ts';
import { healthSchema } from './health-answer.server.ts';
import { labRunPaths, labRunSchemas } from './lab-runs/describe-lab-runs.server.ts';
import { described, jsonResponse } from './openapi-parts.server.ts';
import { recordingPaths, recordingSchemas } from './recordings/describe-recordings.server.ts';
import { runPaths, runSchemas } from './runs/describe-runs.server.ts';
import { problemSchema } from './runs/run-answer.server.ts';

/** @param runtime - What programs run on here, with versions. */
export function openApiDocument(runtime: App['runtime']) {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Assay',
      version: '1',
      description: 'What machines can ask of a site.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: {
      ...runPaths(runtime),
      ...labRunPaths(runtime),
      ...recordingPaths,
      '/health': {
        get: {
          operationId: 'health',
          summary: 'How the site is',
          responses: {
            '200': jsonResponse('All is well.', 'Health'),
            '503': jsonResponse('The store cannot be read.', 'Health'),
          },
        },
      },
    },
    components: {
      schemas: {
        ...runSchemas,
        ...labRunSchemas,
        ...recordingSchemas,
        Problem: described(problemSchema),
        Health: described(healthSchema),
      },
    },
  };
}
