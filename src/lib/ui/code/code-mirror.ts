/**
 * The editor proper. Loaded only when an editor is wanted: it is far heavier than the pages. It looks as the
 * textarea does whose place it takes (CodeFile.svelte), and colours as the server does (style/code.css).
 *
 * CodeMirror adds style elements to the page; the site's policy allows those that have its nonce.
 */
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  LanguageSupport,
  syntaxHighlighting,
} from '@codemirror/language';
import { Annotation, EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  gutterLineClass,
  GutterMarker,
  keymap,
  lineNumbers,
  WidgetType,
} from '@codemirror/view';
import { styleTags, tagHighlighter, tags } from '@lezer/highlight';

/** A line to be marked, 1-based, and what is said of it. */
export interface Mark {
  line: number;
  says: string;
}

export interface EditorOptions {
  parent: HTMLElement;
  text: string;
  /** Attributes of the element that is typed in: what names and describes it. */
  attributes: Record<string, string>;
  /** Called with the whole text after each change that a person made. */
  onchange: (text: string) => void;
}

export interface Editor {
  /** Replaces the text, as one step that can be undone; the same text changes nothing. */
  setText(text: string): void;
  setMark(mark: Mark | null): void;
  /** Takes the focus, with this part of the text selected. */
  select(from: number, to: number): void;
  /** Takes the focus to a line, 1-based. */
  goTo(line: number): void;
  destroy(): void;
}

const fourSpaces = ' '.repeat(4);

/** The server's classes, by what the grammar says a piece is. */
const colours = tagHighlighter([
  { tag: [tags.comment, tags.docString], class: 'tok-comment' },
  { tag: tags.string, class: 'tok-string' },
  { tag: tags.number, class: 'tok-number' },
  { tag: [tags.bool, tags.null, tags.escape], class: 'tok-constant' },
  { tag: [tags.keyword, tags.modifier], class: 'tok-keyword' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.meta],
    class: 'tok-function',
  },
  { tag: [tags.className, tags.typeName], class: 'tok-type' },
  { tag: tags.operator, class: 'tok-operator' },
  { tag: tags.punctuation, class: 'tok-punctuation' },
]);

/** A text that stands alone as a statement is a docstring to the server, too. */
const python = new LanguageSupport(
  pythonLanguage.configure({
    props: [styleTags({ 'ExpressionStatement/String': tags.docString })],
  }),
);

/** `at` is where the line begins. */
type Marked = { at: number; says: string } | null;

const markChange = StateEffect.define<Mark | null>();

/** The line that is marked. The mark goes as soon as that line is edited. */
const markField = StateField.define<Marked>({
  create: () => null,
  update(marked, { state, startState, changes, effects }) {
    for (const effect of effects) {
      if (effect.is(markChange)) return effect.value && markIn(state, effect.value);
    }
    if (!marked || changes.empty) return marked;
    const { from, to } = startState.doc.lineAt(marked.at);
    if (changes.touchesRange(from, to)) return null;
    return { ...marked, at: changes.mapPos(marked.at, 1) };
  },
  provide: (field) => [
    EditorView.decorations.compute([field], (state) => decorationsOf(state.field(field), state)),
    gutterLineClass.compute([field], (state) => {
      const marked = state.field(field);
      return marked ? RangeSet.of([markedNumber.range(marked.at)]) : RangeSet.empty;
    }),
  ],
});

/** A program that was shortened since may have no such line. */
function markIn({ doc }: EditorState, { line, says }: Mark): Marked {
  return line >= 1 && line <= doc.lines ? { at: doc.line(line).from, says } : null;
}

function decorationsOf(marked: Marked, { doc }: EditorState) {
  if (!marked) return Decoration.none;
  const line = doc.lineAt(marked.at);
  const note = Decoration.widget({ widget: new MarkNote(marked.says), block: true, side: 1 });
  return Decoration.set([markedLine.range(line.from), note.range(line.to)]);
}

const markedLine = Decoration.line({ class: 'cm-marked' });

const markedNumber = new (class extends GutterMarker {
  override elementClass = 'cm-marked';
})();

class MarkNote extends WidgetType {
  readonly says: string;

  constructor(says: string) {
    super();
    this.says = says;
  }

  override eq(other: MarkNote): boolean {
    return other.says === this.says;
  }

  override toDOM(): HTMLElement {
    const note = document.createElement('div');
    note.className = 'cm-mark-note';
    note.textContent = this.says;
    return note;
  }
}

/** On changes that the page made itself. */
const isOurs = Annotation.define<boolean>();

/** By which the site's policy allows style elements; a page keeps its first one (app.html). */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.nonce ?? '';
}

export function openEditor({ parent, text, attributes, onchange }: EditorOptions): Editor {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        lineNumbers(),
        history(),
        indentUnit.of(fourSpaces),
        EditorState.tabSize.of(fourSpaces.length),
        python,
        syntaxHighlighting(colours),
        indentOnInput(),
        bracketMatching(),
        markField,
        keymap.of([indentWithTab, ...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of(attributes),
        EditorView.updateListener.of(({ docChanged, state, transactions }) => {
          const ours = transactions.some((transaction) => transaction.annotation(isOurs));
          if (docChanged && !ours) onchange(state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setText(next) {
      const { doc } = view.state;
      if (doc.toString() === next) return;
      view.dispatch({
        changes: { from: 0, to: doc.length, insert: next },
        annotations: [isOurs.of(true), isolateHistory.of('full')],
      });
    },
    setMark: (mark) => view.dispatch({ effects: markChange.of(mark) }),
    select(anchor, head) {
      view.dispatch({ selection: { anchor, head } });
      view.focus();
    },
    goTo(line) {
      const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
