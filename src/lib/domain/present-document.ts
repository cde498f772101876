/** A document as its page shows it: its programs coloured, with what their runs came to. */
import type { ServedDocument } from './catalogue.ts';
import type { CompareBlock, DocumentBlock, ProgramBlock } from './document.ts';
import type { HighlightCode } from './present-evidence.ts';
import type { DocumentProof, Evidence, Figure } from './proof.ts';
import type {
  MeasuredProgramView,
  MeasurementView,
  DocumentBlockView,
  DocumentView,
  ProgramView,
} from './document-view.ts';
import type { Hallmark } from './views.ts';

export function presentDocument(
  { document, proof }: ServedDocument,
  highlight: HighlightCode,
): DocumentView {
  const { name, contentVersion, headings } = document;
  const blocks = document.blocks.map((block) => presentBlock(block, proof, highlight));
  return { name, contentVersion, headings, blocks, hallmark: hallmarkOf(proof) };
}

/** The stamp of what was run for the document; of a measurement both programs count. */
function hallmarkOf({ programs, compares, versions, provenAt }: DocumentProof): Hallmark | null {
  const count = programs.length + 2 * compares.length;
  const ran = `${count} ${count === 1 ? 'program' : 'programs'} run`;
  return count === 0 ? null : { ran, versions, provenAt };
}

function presentBlock(
  block: DocumentBlock,
  proof: DocumentProof,
  highlight: HighlightCode,
): DocumentBlockView {
  switch (block.kind) {
    case 'text':
      return block;
    case 'figure':
      return { kind: 'figure', svg: block.svg, caption: block.caption };
    case 'program':
      return presentProgram(block, proof, highlight);
    case 'compare':
      return presentCompare(block, proof, highlight);
  }
}

function presentProgram(
  { id, title, program, drive, output }: ProgramBlock,
  { programs }: DocumentProof,
  highlight: HighlightCode,
): ProgramView {
  // Not there only where its author sees it before it was run.
  const evidence = programs.find((each) => each.id === id)?.evidence;
  return {
    ...{ kind: 'program', id, title },
    program: highlight(program),
    drive: drive === '' ? [] : highlight(drive),
    output: (evidence?.stdout ?? output).trimEnd(),
    error: evidence?.error ?? null,
    source: program.trimEnd(),
  };
}

function presentCompare(
  block: CompareBlock,
  { compares, provenAt }: DocumentProof,
  highlight: HighlightCode,
): MeasurementView {
  const { id, title, unit, ratio, drive } = block;
  const proven = compares.find((each) => each.id === id);
  const figures = proven?.figures ?? null;
  const side = (name: 'before' | 'after'): MeasuredProgramView =>
    presentSide(block[name], proven?.[name], figures?.[name] ?? null, highlight);
  return {
    ...{ kind: 'compare', id, title, unit, ratio },
    ...{ before: side('before'), after: side('after') },
    drive: highlight(drive),
    measured: figures && figures.before.median / figures.after.median,
    measuredAt: figures && provenAt,
  };
}

function presentSide(
  { label, program }: CompareBlock['before'],
  evidence: Evidence | undefined,
  figure: Figure | null,
  highlight: HighlightCode,
): MeasuredProgramView {
  return { label, program: highlight(program), figure, values: evidence?.values ?? {} };
}
