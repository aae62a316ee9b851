import { Columns3 } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { PageHead } from '../parts/page-head.tsx'
import { useIsViewer } from '../role.ts'
import type { Page } from './page.ts'

export const benchPage: Page = { path: '/bench', name: 'Bench', icon: Columns3, key: 'b', component: BenchPage }

/** The list of models to choose from brings code along that the other pages have no use for. */
const Bench = lazy(async () => ({ default: (await import('../bench/bench.tsx')).Bench }))

/** Models against each other on one prompt, while one watches. */
function BenchPage() {
  const isViewer = useIsViewer()
  return (
    <>
      <PageHead title="Bench">
        <p className="min-w-0 truncate text-sm text-ink-3">One prompt, up to four models side by side</p>
      </PageHead>
      {isViewer ? (
        <p className="px-5 py-6 text-sm text-ink-3">
          Models are asked by those who may change something. You are signed in as a viewer.
        </p>
      ) : (
        <Suspense fallback={<p className="px-5 py-6 text-sm text-ink-3">Loading…</p>}>
          <Bench />
        </Suspense>
      )}
    </>
  )
}
