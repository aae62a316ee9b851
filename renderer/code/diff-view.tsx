import { yaml } from '@codemirror/lang-yaml'
import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { CodeHost } from './code-host.tsx'
import { codeTheme } from './code-theme.ts'

/** What changes from one text to another, with some lines around each change. */
export function DiffView({ before, after, label }: { before: string; after: string; label: string }) {
  const create = (root: ShadowRoot) =>
    new EditorView({
      parent: root,
      state: EditorState.create({
        doc: after,
        extensions: [
          lineNumbers(),
          yaml(),
          EditorView.lineWrapping,
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          unifiedMergeView({
            original: before,
            mergeControls: false,
            collapseUnchanged: { margin: 3, minSize: 4 },
          }),
          codeTheme,
        ],
      }),
    })
  return <CodeHost id={`${before}\0${after}`} create={create} className="flex-1" />
}
