/**
 * Python source as lines of classed pieces, with blanks as pieces of their own. On the server only,
 * so that no grammar and no highlighter is sent to a browser.
 */
import python from 'shiki/langs/python.mjs';
import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { visibleText } from '#lib/domain/harmless-text.ts';
import type { CodeLine, CodePiece } from '#lib/domain/views.ts';

export type Highlight = (source: string) => CodeLine[];

/** TextMate scope prefixes, the most telling first, and the class the page styles. */
const classes: [scope: string, className: string][] = [
  ['comment', 'tok-comment'],
  ['punctuation.definition.comment', 'tok-comment'],
  ['string.quoted.docstring', 'tok-comment'],
  ['string', 'tok-string'],
  ['punctuation.definition.string', 'tok-string'],
  ['constant.character.format', 'tok-constant'],
  ['constant.numeric', 'tok-number'],
  ['constant.language', 'tok-constant'],
  ['keyword.operator.logical', 'tok-keyword'],
  ['keyword.operator', 'tok-operator'],
  ['keyword', 'tok-keyword'],
  ['storage.type', 'tok-keyword'],
  ['storage', 'tok-keyword'],
  ['entity.name.function', 'tok-function'],
  ['support.function', 'tok-function'],
  ['meta.function-call.generic', 'tok-function'],
  ['entity.name.type', 'tok-type'],
  ['support.type', 'tok-type'],
  ['variable.parameter', 'tok-variable'],
  ['punctuation', 'tok-punctuation'],
];

function classOf(scopes: string[]): string {
  for (const scope of [...scopes].reverse()) {
    const match = classes.find(([prefix]) => scope === prefix || scope.startsWith(`${prefix}.`));
    if (match) return match[1];
  }
  return '';
}

/** A blank must be a name to the grammar, or it would colour the rest of the line wrongly. */
const stand = (blank: string) => `assayblank${blank}z`;
const standIns = /assayblank(\d+|option)z/;

function pieces(text: string, className: string): CodePiece[] {
  return text.split(standIns).flatMap((part, index): CodePiece[] => {
    if (index % 2 === 1) {
      return [part === 'option' ? { kind: 'option' } : { kind: 'blank', blank: Number(part) }];
    }
    return part === '' ? [] : [{ kind: 'text', text: visibleText(part), className }];
  });
}

function joined(line: CodeLine): CodeLine {
  const pieces: CodeLine = [];
  for (const piece of line) {
    const last = pieces.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text' && last.className === piece.className) {
      last.text += piece.text;
    } else {
      pieces.push(piece);
    }
  }
  return pieces;
}

/** Longer lines, which nobody reads, are not coloured: a learner's may be made to cost much. */
const longestColoured = 400;

/** Loads the grammar once; the function it gives is synchronous. */
export async function createHighlight(): Promise<Highlight> {
  const highlighter = await createHighlighterCore({
    themes: [],
    langs: [python],
    engine: createJavaScriptRegexEngine(),
  });
  const grammar = highlighter.getLanguage('python');
  return (source) => {
    let state: Parameters<typeof grammar.tokenizeLine>[1] = null;
    const marked = source.trimEnd().replace(/<<(\d+|option)>>/g, (_, blank: string) => stand(blank));
    return marked.split('\n').map((text) => {
      if (text.length > longestColoured) return pieces(text, '');
      const result = grammar.tokenizeLine(text, state);
      state = result.ruleStack;
      return joined(
        result.tokens.flatMap((token) =>
          pieces(text.slice(token.startIndex, token.endIndex), classOf(token.scopes)),
        ),
      );
    });
  };
}
