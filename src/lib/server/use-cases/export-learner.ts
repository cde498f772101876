import type { ServedCatalogue } from '#lib/domain/catalogue.ts';
import { answerTable } from '#lib/domain/home/answer-table.ts';
import { csvText } from '#lib/domain/home/csv.ts';
import { withholdOpen, type TellableLearner } from '#lib/domain/home/exported-learner.ts';
import type { Store } from '../store/port.ts';

export interface ExportLearnerDeps {
  catalogue: ServedCatalogue;
  store: Pick<Store, 'exportLearner'>;
}

/** All that is kept of a learner, for them to have, as JSON. Where nothing is, it says so by a `learner` that is null. */
export async function exportJson(deps: ExportLearnerDeps, learnerId: string): Promise<string> {
  return `${JSON.stringify(await tellable(deps, learnerId), null, 2)}\n`;
}

/** A learner's answers, one a row, for a spreadsheet. */
export async function exportCsv(deps: ExportLearnerDeps, learnerId: string): Promise<string> {
  return csvText(answerTable(deps.catalogue, await tellable(deps, learnerId)));
}

/** No more than the pages would tell them now. */
async function tellable(
  { store }: Pick<ExportLearnerDeps, 'store'>,
  learnerId: string,
): Promise<TellableLearner> {
  const exported = await store.exportLearner(learnerId);
  return exported ? withholdOpen(exported) : { learner: null, rounds: [], sittings: [] };
}
