import { Tabs } from '@base-ui/react/tabs'
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { ConfigProblem, ConfigState } from '../../server/http/admin/schemas.ts'
import { type GoTo, YamlEditor } from '../code/yaml-editor.tsx'
import { isField, useKeys } from '../keys.ts'
import { useConfigCheck } from './config-check.ts'
import { ConflictNote } from './conflict-note.tsx'
import { type Draft, drafts } from './draft-store.ts'
import { EditorFoot } from './editor-foot.tsx'
import { ExplainPanel } from './explain-panel.tsx'
import { type Tab, tabs } from './page-address.ts'
import { PanelHead } from './panel-head.tsx'
import { ProblemList } from './problem-list.tsx'
import { Review } from './review.tsx'
import { RouteForm } from './route-form.tsx'
import { offsetOfRoute, type ReadSource, readSource } from './route-source.ts'

interface RouteEditorProps {
  name: string
  config: ConfigState
  draft: Draft
  tab: Tab
  openTab: (tab: Tab) => void
  close: () => void
}

const titles: Record<Tab, string> = { form: 'Form', yaml: 'YAML', explain: 'Explain' }

/** One route, to be edited as a form or as text, and to be tried on a request. Both write one text. */
export function RouteEditor({ name, config, draft, tab, openTab, close }: RouteEditorProps) {
  const [reviewing, setReviewing] = useState(false)
  const [applied, setApplied] = useState<string | null>(null)
  const check = useConfigCheck(draft.text)
  const { source, lastReadable } = useSource(draft)
  const { goTo, show } = useGoTo(name, draft.text, tab)
  const edited = draft.text !== draft.base.source
  const review = () => setReviewing(edited)
  if (reviewing && !edited) setReviewing(false)
  const frame = useRef<HTMLElement>(null)
  // What had the focus may be gone with the view that it was in.
  useEffect(() => {
    if (document.activeElement === document.body) frame.current?.focus()
  }, [reviewing])
  useKeys([
    { keys: ['Escape'], name: 'Close the editor', group: 'Routes', run: reviewing ? () => setReviewing(false) : close },
    { keys: ['e'], name: 'Go into the editor', group: 'Routes', run: () => frame.current?.focus() },
    { keys: ['mod+s'], name: 'Review the changes', group: 'Routes', run: review, inFields: true },
    ...tabs.map((each, index) => ({
      keys: [String(index + 1)],
      name: `Show ${titles[each]}`,
      group: 'Routes' as const,
      run: () => openTab(each),
    })),
  ])
  const showProblem = (problem: ConfigProblem) => {
    openTab('yaml')
    show(offsetIn(draft.text, problem))
  }
  if (reviewing && edited)
    return (
      <Frame name={name} close={close} element={frame}>
        <Review
          draft={draft}
          config={config}
          check={check}
          back={() => setReviewing(false)}
          applied={(revision) => {
            setApplied(revision)
            setReviewing(false)
          }}
          showProblem={showProblem}
        />
      </Frame>
    )
  return (
    <Frame name={name} close={close} element={frame}>
      <Tabs.Root value={tab} onValueChange={(value) => openTab(value as Tab)} className="flex min-h-0 flex-1 flex-col">
        <Tabs.List className="tab-list" aria-label={`Views of ${name}`}>
          {tabs.map((each) => (
            <Tabs.Tab key={each} value={each} className="tab">
              {titles[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <ConflictNote draft={draft} config={config} />
        {applied !== null && !edited && tab !== 'explain' && <Applied revision={applied} />}
        <Tabs.Panel value="form" className="min-h-0 flex-1 -outline-offset-2">
          <RouteForm
            key={name}
            name={name}
            text={draft.text}
            source={source}
            lastReadable={lastReadable}
            problems={check.problems}
            showYaml={() => {
              openTab('yaml')
              show(offsetOfRoute(draft.text, name) ?? 0)
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="yaml" className="flex min-h-0 flex-1 flex-col -outline-offset-2">
          <YamlEditor
            text={draft.text}
            setText={drafts.setText}
            problems={check.isCurrent ? check.problems : none}
            goTo={goTo}
            label={`Config file ${config.file} as YAML`}
          />
          <ProblemList problems={check.problems} show={showProblem} />
        </Tabs.Panel>
        <Tabs.Panel value="explain" className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
          <ExplainPanel key={name} route={name} edited={edited} revision={config.revision} />
        </Tabs.Panel>
      </Tabs.Root>
      <EditorFoot
        draft={draft}
        check={check}
        review={review}
        reset={() => drafts.reset(config)}
        showProblem={showProblem}
        listed={tab === 'yaml'}
      />
    </Frame>
  )
}

const none: readonly ConfigProblem[] = []

interface FrameProps {
  name: string
  close: () => void
  element: RefObject<HTMLElement | null>
  children: ReactNode
}

function Frame({ name, close, element, children }: FrameProps) {
  return (
    <section
      ref={element}
      tabIndex={-1}
      className="route-editor"
      aria-label={`Editor of ${name}`}
      onKeyDown={(event) => {
        // Out of a field first; what closes the editor is the next one.
        if (event.key !== 'Escape' || event.defaultPrevented) return
        if (!isField(event.nativeEvent.composedPath()[0] ?? null)) return
        event.preventDefault()
        element.current?.focus()
      }}
    >
      <PanelHead name={name} closing="Close the editor" close={close} />
      {children}
    </section>
  )
}

function Applied({ revision }: { revision: string }) {
  return (
    <p role="status" className="note note-ok mx-5 mt-3">
      Runs as revision <code className="font-mono">{revision.slice(0, 8)}</code>. The next request follows it; requests
      under way end as they began.
    </p>
  )
}

/** The text as it can be read, and what it said when it last could be. */
function useSource({ text, base }: Draft): { source: ReadSource; lastReadable: ReadSource } {
  const source = useMemo(() => readSource(text), [text])
  const running = useMemo(() => readSource(base.source), [base.source])
  const last = useRef(running)
  if (source.problem === null) last.current = source
  return { source, lastReadable: last.current }
}

/** Where the text is to be shown: at the route whenever another one is opened, and wherever else was asked for. */
function useGoTo(name: string, text: string, tab: Tab) {
  const [goTo, setGoTo] = useState<GoTo | null>(null)
  const shown = useRef<string | null>(null)
  const latest = useRef(text)
  latest.current = text
  useEffect(() => {
    if (tab !== 'yaml' || shown.current === name) return
    shown.current = name
    const offset = offsetOfRoute(latest.current, name)
    if (offset !== null) setGoTo({ offset })
  }, [tab, name])
  const show = (offset: number) => {
    shown.current = name
    setGoTo({ offset })
  }
  return { goTo, show }
}

function offsetIn(text: string, { line, column }: ConfigProblem): number {
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  return Math.min(text.length, before + column - 1)
}
