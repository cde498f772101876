/** What a new project begins as: two steps that are proven as they stand. */
import { quoted, schemaLine, titleFrom } from './scaffold-head.ts';

export interface ProjectScaffold {
  slug: string;
  /** Id of one of the lesson's objectives. */
  objective: string;
  /** For ever, one for each step. */
  uids: [string, string];
  /** Paths of the schemas from project.yaml and from a step; null where they are not to be found. */
  schemas: { project: string | null; step: string | null };
}

const start = `"""The page with the prices."""

from django.http import JsonResponse
from prices import PRICES


def show(request):
    return JsonResponse({})
`;

const afterFirst = start.replace('JsonResponse({})', 'JsonResponse({"prices": PRICES})');

const afterSecond = `${afterFirst}

def one(request):
    name = request.GET.get("of")
    if name not in PRICES:
        return JsonResponse({"error": "There is no such thing."}, status=404)
    return JsonResponse({"price": PRICES[name]})
`;

function firstStep(uid: string, objective: string, schema: string | null): string {
  return `${schemaLine(schema)}uid: ${uid}
title: All prices
difficulty: easy
objective: ${quoted(objective)}
serve:
  /: show
drive: |
  response = await request("GET", "/")
  observe("status", response.status)
  observe("prices", response.json.get("prices") if response.status == 200 else None)
expect: |
  assert status == 200, "The page should answer with status 200."
  assert prices == {"tea": 3, "cake": 5, "bread": 4}, "The page should give each price by its name."
demo: |
  response = await request("GET", "/")
  print(response.status, response.text)
mistakes:
  - replace:
      - { find: '"prices": PRICES', with: '"prices": list(PRICES)' }
    holds: status == 200 and isinstance(prices, list)
    says: A list of a dictionary has its names, and not what stands by them.
hints:
  - All prices are in a dictionary already.
  - "\`JsonResponse\` takes a dictionary, and that may hold another one."
solution:
  - The dictionary from \`prices.py\` stands in the answer under the name \`prices\`.
`;
}

function secondStep(uid: string, objective: string, schema: string | null): string {
  return `${schemaLine(schema)}uid: ${uid}
title: One price
difficulty: medium
objective: ${quoted(objective)}
serve:
  /one: one
inputs: |
  import random

  names = ["tea", "cake", "bread", "salt", "milk"]
  observe("inputs", random.sample(names, 5))
drive: |
  responses = [await request("GET", f"/one?of={given}") for given in inputs]
  observe("statuses", [each.status for each in responses])
  observe("prices", [each.json.get("price") if each.status == 200 else None for each in responses])
expect: |
  assert statuses == reference.statuses, "Status 200 for what has a price, and 404 for what has none."
  assert prices == reference.prices, "The price should be the one in the list."
demo: |
  for name in ("tea", "salt"):
      response = await request("GET", f"/one?of={name}")
      print(name, response.status, response.text)
mistakes:
  - replace:
      - { find: "if name not in PRICES", with: "if name is None" }
    error: KeyError
    says: What is not in a dictionary cannot be read from it. The view raised an error in place of 404.
  - replace:
      - { find: ", status=404", with: "" }
    holds: statuses == [200] * 5
    says: Who asks for something unknown should see that by the status, which was 200.
hints:
  - The name is in \`request.GET\`.
  - "\`JsonResponse\` takes the status as an argument: \`status=404\`."
solution:
  - A name without a price is answered first, with status 404.
  - Only then the price is read, so that it is there.
`;
}

/** The texts of a new project by path below its folder, in the order in which an author reads them. */
export function projectFiles(scaffold: ProjectScaffold): Record<string, string> {
  const { slug, objective, schemas } = scaffold;
  const [first, second] = scaffold.uids;
  return {
    'project.yaml': `${schemaLine(schemas.project)}title: ${quoted(titleFrom(slug))}
summary: >
  What it does when it is done, in a sentence or two.
main: views.py
`,
    'brief.md': `A small shop wants to show its prices. You build the page in two steps.

What there is to buy stands in \`prices.py\`, which you can read and not change.
`,
    'given/prices.py': 'PRICES = {"tea": 3, "cake": 5, "bread": 4}\n',
    'start/views.py': start,
    '1-all-prices/step.yaml': firstStep(first, objective, schemas.step),
    '1-all-prices/instructions.md':
      'Let the view `show` answer with all prices: `{"prices": {"tea": 3, ...}}`.\n',
    '1-all-prices/solution/views.py': afterFirst,
    '2-one-price/step.yaml': secondStep(second, objective, schemas.step),
    '2-one-price/instructions.md': `Add a view \`one\`. For \`/one?of=tea\` it answers with \`{"price": 3}\`.

What is not in the list has no price: then the answer has status 404.
`,
    '2-one-price/solution/views.py': afterSecond,
  };
}
