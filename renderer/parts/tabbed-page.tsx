import { Tabs } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { PageHead } from './page-head.tsx'

interface TabbedPageProps<Tab extends string> {
  title: string
  /** What the list of tabs is called. */
  label: string
  tabs: readonly Tab[]
  titles: Readonly<Record<Tab, string>>
  open: Tab
  change: (tab: Tab) => void
  /** Of the open one. */
  view: (tab: Tab) => ReactNode
  /** Stands in the head. */
  children?: ReactNode
}

/** A page of several views, one of which is open. */
export function TabbedPage<Tab extends string>(props: TabbedPageProps<Tab>) {
  const { title, label, tabs, titles, open, change, view, children } = props
  return (
    <>
      <PageHead title={title}>{children}</PageHead>
      <Tabs.Root value={open} onValueChange={(value) => change(value as Tab)} className="flex min-h-0 flex-1 flex-col">
        <Tabs.List className="tab-list" aria-label={label}>
          {tabs.map((each) => (
            <Tabs.Tab key={each} value={each} className="tab">
              {titles[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((each) => (
          <Tabs.Panel key={each} value={each} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
            {view(each)}
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </>
  )
}
