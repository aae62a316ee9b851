import { ClipboardPen } from 'lucide-react'
import { AgreementView } from '../annotate/agreement-view.tsx'
import { LabellerName } from '../annotate/labeller-form.tsx'
import { type AnnotateTab, annotateTabs, useAnnotateAddress } from '../annotate/page-address.ts'
import { QueueView } from '../annotate/queue-view.tsx'
import { TabbedPage } from '../parts/tabbed-page.tsx'
import type { Page } from './page.ts'

export const annotatePage: Page = {
  path: '/annotate',
  name: 'Annotate',
  icon: ClipboardPen,
  key: 'a',
  component: AnnotatePage,
}

const titles: Record<AnnotateTab, string> = { queue: 'Queue', agreement: 'Agreement' }

/** Requests that people look at and label, and how far they agree. */
function AnnotatePage() {
  const { tab, change } = useAnnotateAddress()
  return (
    <TabbedPage
      title="Annotate"
      label="Views of the annotation queue"
      tabs={annotateTabs}
      titles={titles}
      open={tab}
      change={(next) => change({ tab: next })}
      view={(each) => (each === 'queue' ? <QueueView /> : <AgreementView />)}
    >
      <LabellerName />
    </TabbedPage>
  )
}
