/** What the description says of recordings. */
import { partSteps } from '#lib/domain/recording.ts';
import { described, jsonResponse, problemResponses } from '../openapi-parts.server.ts';
import { recordedStepsSchema, recordingHeadSchema } from './recording-answer.server.ts';

const idParameter = {
  ...{ name: 'id', in: 'path', required: true },
  ...{ description: 'As a result names it.', schema: { type: 'string' } },
};
const partParameter = {
  ...{ name: 'part', in: 'path', required: true },
  description: `From 0; each but the last has ${partSteps} steps.`,
  schema: { type: 'integer', minimum: 0 },
};

function recordingPath(operationId: string, summary: string, parameters: object[], name: string) {
  return {
    ...{ operationId, summary, parameters },
    description:
      'Compressed by gzip for who takes it so. A recording never changes; those of lessons stay, of those of learners the newest are kept.',
    responses: {
      '200': jsonResponse('It is there.', name),
      ...problemResponses(['no-recording']),
    },
  };
}

export const recordingPaths = {
  '/api/recordings/{id}': {
    get: recordingPath(
      'recording',
      'A recording without its steps',
      [idParameter],
      'RecordingHead',
    ),
  },
  '/api/recordings/{id}/{part}': {
    get: recordingPath(
      'recordedSteps',
      'Some steps of a recording',
      [idParameter, partParameter],
      'RecordedSteps',
    ),
  },
};

export const recordingSchemas = {
  RecordingHead: described(recordingHeadSchema),
  RecordedSteps: described(recordedStepsSchema),
};
