import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useState } from 'react'
import type { ConfigProblem } from '../../server/http/admin/schemas.ts'
import { CodeHost } from './code-host.tsx'
import { codeTheme } from './code-theme.ts'
import { schemaCompletions } from './completions.ts'
import { toDiagnostics } from './diagnostics.ts'
import { smallestChange } from './smallest-change.ts'

interface YamlEditorProps {
  text: string
  setText: (text: string) => void
  problems: readonly ConfigProblem[]
  goTo: GoTo | null
  label: string
}

/** A place to bring into view, once for each object. */
export interface GoTo {
  offset: number
}

/** Kept while nobody looks at it, so that what was typed can still be undone, and goes on where it was. */
let kept: EditorState | null = null
let gone: GoTo | null = null

/** The config file as text. Tab leaves it, as it leaves every field. */
export function YamlEditor({ text, setText, problems, goTo, label }: YamlEditorProps) {
  const [view, setView] = useState<EditorView | null>(null)

  useEffect(() => {
    if (view === null) return
    const changes = smallestChange(view.state.doc.toString(), text)
    if (changes !== null) view.dispatch({ changes })
  }, [view, text])

  useEffect(() => {
    if (view !== null) view.dispatch(setDiagnostics(view.state, toDiagnostics(view.state.doc, problems)))
  }, [view, problems])

  useEffect(() => {
    if (view === null) return
    if (goTo === null || goTo === gone) {
      view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head, { y: 'center' }) })
      return
    }
    gone = goTo
    const anchor = Math.min(goTo.offset, view.state.doc.length)
    view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'start', yMargin: 40 }) })
  }, [view, goTo])

  const create = (root: ShadowRoot) =>
    new EditorView({
      state: kept ?? EditorState.create({ doc: text, extensions: extensionsOf(setText, label) }),
      parent: root,
    })
  const onView = (next: EditorView | null) => {
    if (next === null && view !== null) kept = view.state
    setView(next)
  }
  return <CodeHost id="yaml" create={create} onView={onView} className="flex-1" />
}

function extensionsOf(setText: (text: string) => void, label: string) {
  return [
    lineNumbers(),
    lintGutter(),
    foldGutter(),
    history(),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    EditorView.lineWrapping,
    yaml(),
    autocompletion({ override: [schemaCompletions], icons: false }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) setText(update.state.doc.toString())
    }),
    codeTheme,
  ]
}
