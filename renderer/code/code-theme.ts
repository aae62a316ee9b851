import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** The design tokens reach into the shadow tree by inheritance, so that both themes need one set of rules only. */
const colours = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--ground)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--face-mono)',
    lineHeight: '1.55',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--line-strong) transparent',
  },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '&.cm-focused > .cm-scroller > .cm-cursorLayer .cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklab, var(--focus) 30%, transparent)',
  },
  '.cm-activeLine': { backgroundColor: 'color-mix(in oklab, var(--hover) 70%, transparent)' },
  '.cm-gutters': { backgroundColor: 'var(--ground)', color: 'var(--ink-3)', border: 'none' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 6px 0 14px' },
  '.cm-foldPlaceholder': { background: 'none', border: 'none', color: 'var(--ink-3)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--selected)',
    outline: '1px solid var(--line-strong)',
  },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in oklab, var(--fallback) 30%, transparent)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in oklab, var(--fallback) 60%, transparent)' },
  '.cm-selectionMatch': { backgroundColor: 'color-mix(in oklab, var(--ink) 10%, transparent)' },
})

/** What opens beside the text. */
const panels = EditorView.theme({
  '.cm-tooltip': {
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow)',
    fontFamily: 'var(--face)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--face-mono)',
    maxHeight: '16em',
    borderRadius: '6px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 10px', lineHeight: '1.5' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'var(--ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '650' },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal' },
  '.cm-tooltip.cm-completionInfo': { padding: '6px 10px', maxWidth: '300px', fontSize: '12px' },
  '.cm-diagnostic': { padding: '5px 10px', borderLeft: '3px solid var(--error)', fontSize: '12.5px' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--error)',
    textUnderlineOffset: '3px',
  },
  '.cm-lint-marker-error': {
    width: '8px',
    height: '8px',
    margin: '6px 0 0 4px',
    borderRadius: '50%',
    backgroundColor: 'var(--error)',
    content: '""',
  },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-panels': { backgroundColor: 'var(--surface)', color: 'var(--ink)', borderColor: 'var(--line) !important' },
  '.cm-panel.cm-search': { padding: '6px 10px', fontFamily: 'var(--face)', fontSize: '12.5px' },
  '.cm-panel.cm-search label': { fontSize: '12px', color: 'var(--ink-2)' },
  '.cm-textfield': {
    border: '1px solid var(--field-line)',
    borderRadius: '5px',
    backgroundColor: 'var(--raised)',
    color: 'var(--ink)',
  },
  '.cm-button': {
    border: '1px solid var(--line-strong)',
    borderRadius: '5px',
    background: 'none',
    color: 'var(--ink)',
  },
})

/** A changed line is marked by a bar and a sign besides its colour. */
const changes = EditorView.theme({
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': {
    backgroundColor: 'color-mix(in oklab, var(--ok) 13%, transparent)',
  },
  '.cm-deletedChunk': { backgroundColor: 'color-mix(in oklab, var(--error) 11%, transparent)', padding: '0' },
  '.cm-deletedChunk .cm-deletedLine': { padding: '0 12px 0 8px', textDecoration: 'none' },
  '.cm-deletedLine del, .cm-deletedText, .cm-deletedChunk .cm-deletedText': { textDecoration: 'none' },
  '&.cm-merge-b .cm-changedText': { background: 'color-mix(in oklab, var(--ok) 32%, transparent)' },
  '.cm-deletedChunk .cm-deletedText, &.cm-merge-b .cm-deletedText': {
    background: 'color-mix(in oklab, var(--error) 28%, transparent)',
  },
  '.cm-changeGutter': { width: '3px', paddingLeft: '0' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--ok)' },
  '.cm-deletedLineGutter': { background: 'var(--error)' },
  '.cm-collapsedLines': {
    padding: '3px 12px',
    background: 'var(--surface)',
    color: 'var(--ink-3)',
    fontFamily: 'var(--face)',
    fontSize: '11.5px',
    cursor: 'pointer',
  },
  '.cm-collapsedLines:before': { content: '"⋯"' },
  '.cm-collapsedLines:after': { content: '""' },
})

const words = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--running)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--ok)' },
  { tag: tags.comment, color: 'var(--ink-3)' },
  { tag: [tags.separator, tags.punctuation, tags.bracket, tags.squareBracket, tags.brace], color: 'var(--ink-3)' },
  { tag: [tags.labelName, tags.typeName, tags.meta, tags.keyword], color: 'var(--synthetic)' },
  { tag: tags.invalid, color: 'var(--error)' },
])

/** How code looks here. */
export const codeTheme: Extension = [colours, panels, changes, syntaxHighlighting(words)]
